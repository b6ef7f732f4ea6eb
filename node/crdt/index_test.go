package crdt

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// The index needs hashes that differ to be fast, not to be right.
func TestKeysOfOneHashAreKeptApart(t *testing.T) {
	for _, hashes := range []uint64{1, 7, 1 << 40} {
		config := Config[uint64, uint64]{
			KeyHash:   func(k uint64) uint64 { return k % hashes },
			ValueHash: func(v uint64) uint64 { return v },
			Priority:  func(uint64, node.ID) uint64 { return 0 },
		}
		m := New(NewActor(0, 1), config)
		for k := range uint64(500) {
			_, found := m.Get(k)
			require.False(t, found)
			m.Put(k, 2*k)
		}
		for k := range uint64(500) {
			got, found := m.Get(k)
			require.True(t, found)
			require.Equal(t, 2*k, got.Value)
		}
		require.Equal(t, 500, m.Len())
		require.LessOrEqual(t, m.index.keys, len(m.index.cells)/4*3, "a search ends")
	}
}

// However entries come and go, what is in the index is found and nothing else, by the ordinary map.
func TestIndexForgets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newReplica(0, 1)
		m.config.KeyHash = func(k string) uint64 { return uint64(len(k)) } // they collide
		present := map[string]bool{}
		keys := rapid.SliceOfN(rapid.StringMatching("[abc]{1,4}"), 40, 40).Draw(t, "keys")
		for _, key := range keys {
			if present[key] = !present[key]; present[key] {
				m.Put(key, "v")
			} else {
				m.Remove(key)
				m.Collect(m.Versions())
			}
			for _, key := range keys {
				_, found := m.find(key)
				require.True(t, present[key] == found, key)
			}
		}
		requireSound(t, m)
	})
}

// "Room is for how many keys a new map has memory." (Config)
func TestRoomIsForThatManyKeys(t *testing.T) {
	for _, room := range []int{0, 1, 6, 7, 100} {
		config := testConfig()
		config.Room = room
		m := New(NewActor(0, 1), config)
		cells := len(m.index.cells)
		for k := range room {
			m.Put(strconv.Itoa(k), "v")
		}
		require.Equal(t, room, cap(m.entries))
		require.Len(t, m.index.cells, cells)
	}
}
