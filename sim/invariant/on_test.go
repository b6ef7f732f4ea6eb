//go:build invariants

package invariant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/sim/invariant"
)

func TestCheckPanicsWithTheValues(t *testing.T) {
	require.True(t, invariant.Enabled)
	require.PanicsWithValue(t, "invariant broken: 3 timers set, 2 slots", func() {
		invariant.Check(false, "%d timers set, %d slots", 3, 2)
	})
	require.NotPanics(t, func() { invariant.Check(true, "%d timers set, %d slots", 1, 2) })
}

type entry struct {
	incarnation int32
	name        string
}

type message struct {
	Payload []byte
	Entries []entry
	Counts  map[string]int
	Next    *entry
	Any     any
	Hash    [2]uint16
	Load    float64
	Urgent  bool
	Empty   []byte
	sender  uint64
}

func lentMessage() message {
	return message{
		Payload: []byte{1, 2, 3}, Entries: []entry{{7, "seven"}}, Counts: map[string]int{"a": 1},
		Next: &entry{8, "eight"}, Any: 9, Hash: [2]uint16{1, 2}, Load: 0.5, sender: 10,
	}
}

func TestMangleReachesEverythingLent(t *testing.T) {
	m := lentMessage()
	invariant.Mangle(&m)
	filled := uint64(0xdbdb_dbdb_dbdb_dbdb)
	require.Equal(t, []byte{0xdb, 0xdb, 0xdb}, m.Payload)
	require.Equal(t, []entry{{int32(-0x2424_2425), "mangled"}}, m.Entries)
	require.Empty(t, m.Counts)
	require.Equal(t, [2]uint16{0xdbdb, 0xdbdb}, m.Hash)
	require.Equal(t, filled, math.Float64bits(m.Load))
	require.True(t, m.Urgent)
	require.Nil(t, m.Empty)
	require.Equal(t, filled, m.sender)
}

func TestMangleStopsAtWhatMayBeShared(t *testing.T) {
	m := lentMessage()
	next := m.Next
	invariant.Mangle(&m)
	require.Same(t, next, m.Next)
	require.Equal(t, entry{8, "eight"}, *next)
	require.Equal(t, 9, m.Any)
}

func TestMangleShowsThatASliceWasKept(t *testing.T) {
	saved := []byte("durable state")
	kept := saved[:7]
	invariant.Mangle(&saved)
	require.Equal(t, []byte{0xdb, 0xdb, 0xdb, 0xdb, 0xdb, 0xdb, 0xdb}, kept)
	require.Len(t, saved, len("durable state"))
}
