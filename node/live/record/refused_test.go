package record

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/live/names"
)

func TestBadHeadersAndLimits(t *testing.T) {
	for why, change := range map[string]func(*Header){
		"record: number is 65536, expected one below 65536":  func(h *Header) { h.Number = 1 << 16 },
		"record: capacity is 0, expected 1 to 1048576":       func(h *Header) { h.Capacity = 0 },
		"record: capacity is 1048577, expected 1 to 1048576": func(h *Header) { h.Capacity = 1<<20 + 1 },
		`names: name "a b"`: func(h *Header) { h.Name = "a b" },
		"record: server or seed 43733, expected one below the 9": func(h *Header) {
			h.Settings.Swim.MaxMembers = 9
		},
		"record: server or seed 70000, expected one below": func(h *Header) {
			h.Settings.Swim.Seeds = []node.ID{70000}
		},
		"agent: join grace is 0s": func(h *Header) { h.Settings.JoinGrace = 0 },
		"agent: configured origin 0 has definition": func(h *Header) {
			h.Settings.Configured = []uint16{0}
		},
	} {
		h := headerOf("alpha")
		change(&h)
		_, err := Create(filepath.Join(t.TempDir(), "life"), h, names.NewDirectory(1), DefaultLimits())
		require.ErrorContains(t, err, why)
	}
	require.ErrorContains(t, Limits{SegmentBytes: 65535}.Validate(), "segment bytes are 65535")
	require.ErrorContains(t, Limits{SegmentBytes: 65536, TotalBytes: 1}.Validate(), "total bytes are 1,")
}

func TestFilesThatAreNoRecordings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	_, err := Open(path)
	require.ErrorIs(t, err, os.ErrNotExist)
	for content, why := range map[string]string{
		"":                         "after 0 records: unexpected EOF",
		"bfly":                     "unexpected EOF",
		"name: x\norigins":         `no recording of this version (begins with "name: x\n")`,
		"bfly-nr\x02":              `no recording of this version (begins with "bfly-nr\x02")`,
		magic:                      "unexpected EOF",
		magic + "this is not zstd": "magic number",
	} {
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		_, err := Open(path)
		require.ErrorContains(t, err, "record: "+path+", after 0 records: ")
		require.ErrorContains(t, err, why)
	}
	for record, why := range map[string]string{
		"\x20{":                   "header: unexpected EOF",
		"\x20{\"Name\": 7}":       "header: json: cannot unmarshal number",
		"\x20{\"Flavour\": \"\"}": `header: json: unknown field "Flavour"`,
		"\x20{\"Capacity\": 1}":   `name has 0 B, expected 1 to 63`,
		"\x25":                    "expected a header: is this the first file of the recording?",
	} {
		require.NoError(t, os.WriteFile(path, compressed(t, record), 0o600))
		_, err := Open(path)
		require.ErrorContains(t, err, why)
	}
	require.NoError(t, os.WriteFile(path, compressedRaw(t, "\xff\xff\xff\x7f\x20"), 0o600))
	_, err = Open(path)
	require.ErrorContains(t, err, "a record of 268435455 B, expected at most 67108864")
}

// compressed returns a file with these records.
func compressed(t testing.TB, records ...string) []byte {
	raw := ""
	for _, record := range records {
		raw += string(binary.AppendUvarint(nil, uint64(len(record)))) + record
	}
	return compressedRaw(t, raw)
}

func compressedRaw(t testing.TB, raw string) []byte {
	path := filepath.Join(t.TempDir(), "segment")
	s, err := createSegment(path)
	require.NoError(t, err)
	_, err = s.zip.Write([]byte(raw))
	require.NoError(t, errors.Join(err, s.zip.Close(), s.file.Close()))
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return b
}
