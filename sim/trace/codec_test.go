package trace

import (
	"bytes"
	"io"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"
)

// sealed returns the file with the given content, which need not make sense.
func sealed(t require.TestingT, content []byte) []byte {
	out, err := zstd.NewWriter(nil,
		zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(windowBytes))
	require.NoError(t, err)
	return out.EncodeAll(content, []byte(magic))
}

// content returns what a file holds under its compression.
func content(t require.TestingT, file []byte) []byte {
	in, err := zstd.NewReader(bytes.NewReader(file[len(magic):]), zstd.WithDecoderConcurrency(1))
	require.NoError(t, err)
	all, err := io.ReadAll(in)
	require.NoError(t, err)
	return all
}

// rewritten reads a file to its end and writes it again; the error is what ended the reading.
func rewritten(t require.TestingT, file []byte) ([]byte, error) {
	in, err := NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	var again bytes.Buffer
	out, err := NewWriter(&again, in.Header())
	require.NoError(t, err)
	for {
		r, err := in.Next()
		if err == io.EOF {
			require.NoError(t, out.Close())
			return again.Bytes(), nil
		}
		if err != nil {
			return nil, err
		}
		require.NoError(t, out.Write(&r))
	}
}

// One step and one remark, byte by byte as the package documentation lays them out.
var layout = []byte{
	4, 't', 'a', 'l', 'k', // scenario
	7, 0, 0, 0, 0, 0, 0, 0x80, // seed
	2, 'v', '1', // build
	5,      // deliver
	20,     // seq 0 + 10
	232, 7, // at 0 + 1000
	3,          // cause 10 - 2
	1, 4, 0, 0, // host 0, peer 3, code, subject
	88, 0, 0, // size, a, b
	14 | 0x80, // event, a remark
	0, 0,      // at 1000 + 0, cause 10 - 0
	1, 0, 172, 2, 5, // host 0, peer Nobody, code 300, subject 5
	0, 1, 2, // size, a, b
	0, 2, // end after 2 records
}

func TestLayout(t *testing.T) {
	var file bytes.Buffer
	w, err := NewWriter(&file, Header{Scenario: "talk", Seed: 1<<63 | 7, Build: "v1"})
	require.NoError(t, err)
	require.NoError(t, w.Write(&Record{
		At: 1000, Seq: 10, Cause: 8, Kind: Deliver, Peer: 3, Size: 88,
	}))
	require.NoError(t, w.Write(&Record{
		At: 1000, Cause: 10, Kind: NodeEvent, Peer: Nobody, Code: 300, Subject: 5, A: 1, B: 2,
	}))
	require.NoError(t, w.Close())
	require.Equal(t, magic, file.String()[:8])
	require.Equal(t, layout, content(t, file.Bytes()))
	again, err := rewritten(t, sealed(t, layout))
	require.NoError(t, err)
	require.Equal(t, file.Bytes(), again)
}

func TestKindsLeaveRoomForTheRemarkBit(t *testing.T) {
	require.Less(t, uint(kinds), uint(remark))
}

const (
	firstRecord = 16 // offsets into layout
	endMark     = firstRecord + 12 + 11
)

// empty returns a record of the given kind byte with zeros in all fields.
func empty(kind byte) []byte { return append([]byte{kind}, make([]byte, 10)...) }

func TestContentOutOfBoundsIsRefused(t *testing.T) {
	require.Equal(t, []byte{endOfTrace, 2}, layout[endMark:])
	with := func(offset int, content ...byte) []byte {
		return append(bytes.Clone(layout[:offset]), content...)
	}
	huge := []byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 1}
	for _, c := range []struct {
		what    string
		content []byte
	}{
		{"text of 4097 bytes exceeds 4096", with(0, 0x81, 0x20)},
		{"text of 18446744073709551615 bytes exceeds 4096", with(0, huge...)},
		{"unknown kind of record: 100", with(firstRecord, empty(100)...)},
		{"unknown kind of record: 0", with(firstRecord, empty(remark)...)},
		{"step without a number", with(firstRecord, empty(byte(Start))...)},
		{"exceeds 9223372036854775807", with(firstRecord+2, huge...)},
		{"4294967296 exceeds 4294967295", with(firstRecord+5, 128, 128, 128, 128, 16)},
		{"65536 exceeds 65535", with(firstRecord+7, 128, 128, 4)},
		{"overflow", with(firstRecord+1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2)},
		{"ends after 2 records but was written with 3", with(endMark, 0, 3)},
		{"something follows the end", with(len(layout), 0)},
		{"after 2 records: unexpected EOF", with(endMark)},
		{"after 1 records: unexpected EOF", with(endMark - 1)},
	} {
		_, err := rewritten(t, sealed(t, c.content))
		require.ErrorContains(t, err, c.what)
	}
}

func FuzzReader(f *testing.F) {
	f.Add(sealed(f, layout))
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, file []byte) { checkReading(t, file) })
}

// FuzzContent reaches behind the checksum of the compression.
func FuzzContent(f *testing.F) {
	f.Add(layout)
	f.Add(layout[:endMark])
	f.Fuzz(func(t *testing.T, content []byte) { checkReading(t, sealed(t, content)) })
}

// checkReading demands that a file is refused, or that what was read of it survives another round.
func checkReading(t *testing.T, file []byte) {
	again, err := rewritten(t, file)
	if err != nil {
		return
	}
	third, err := rewritten(t, again)
	require.NoError(t, err)
	require.Equal(t, again, third)
}
