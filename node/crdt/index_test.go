package crdt

import (
	"testing"

	"github.com/stretchr/testify/require"

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
