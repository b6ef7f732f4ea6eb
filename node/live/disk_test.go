package live

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/seal"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// What was saved is there when a later life begins, which is later by number even if the clock has
// gone back.
func TestTheNextLifeFindsWhatWasSaved(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "not", "yet")
	d, err := openDisk(folder, noon, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	first, err := d.begin(noon)
	require.NoError(t, err)
	require.EqualValues(t, noon.UnixMilli(), first)
	require.NoError(t, d.save([]byte("mine")))

	d, err = openDisk(folder, noon, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	require.Equal(t, "mine", string(d.kept.machine))
	second, err := d.begin(noon.Add(-time.Hour))
	require.NoError(t, err)
	require.Equal(t, first+1, second)
}

// "a corrupt data directory is reported and set aside, never silently used": whichever byte is
// damaged, and wherever the file ends.
func TestACorruptStateIsSetAside(t *testing.T) {
	sound := appendState(nil, state{boot: 7, machine: []byte{1, 2, 3}})
	parsed, err := parseState(sound)
	require.NoError(t, err)
	require.Equal(t, state{boot: 7, machine: []byte{1, 2, 3}}, parsed)
	for at := range sound {
		damaged := bytes.Clone(sound)
		damaged[at] ^= 0x10
		_, err := parseState(damaged)
		require.Error(t, err, "byte %d", at)
		_, err = parseState(sound[:at])
		require.Error(t, err, "the first %d bytes", at)
	}

	folder, log := t.TempDir(), &bytes.Buffer{}
	require.NoError(t, os.WriteFile(filepath.Join(folder, stateFile), sound[:9], 0o600))
	d, err := openDisk(folder, noon, slog.New(slog.NewTextHandler(log, nil)))
	require.NoError(t, err)
	require.Equal(t, state{}, d.kept)
	require.Contains(t, log.String(), "level=ERROR")
	require.Contains(t, log.String(), "event=state-corrupt")
	aside, err := os.ReadFile(filepath.Join(folder, "state.corrupt-20260102T120000.000000000Z"))
	require.NoError(t, err)
	require.Equal(t, sound[:9], aside)
}

// "a corrupt data directory is reported and set aside": so is one of a life after which no other can
// come, for none could be sealed.
func TestALifeThatCannotBeFollowedIsNoState(t *testing.T) {
	_, err := parseState(appendState(nil, state{boot: seal.MaxGeneration - 1}))
	require.NoError(t, err)
	_, err = parseState(appendState(nil, state{boot: seal.MaxGeneration}))
	require.EqualError(t, err, "life 281474976710655, expected one below 281474976710655")
}

func FuzzState(f *testing.F) {
	f.Add(appendState(nil, state{boot: 7, machine: []byte{1, 2, 3}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, err := parseState(b); err == nil {
			require.Equal(t, b, appendState(nil, s))
		}
	})
}
