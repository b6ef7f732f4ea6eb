package routing

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Every unit of weight belongs to the slot in which a walk along the weights finds it.
func TestLotsFindWhatAWalkFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.Uint32Range(0, 5), 1, 40).Draw(t, "weights")
		changes := rapid.SliceOfN(rapid.IntRange(0, len(weights)-1), 0, 10).Draw(t, "changes")
		tree := lotsOf(weights)
		for i, slot := range changes {
			tree.add(slot, uint32(i)-weights[slot])
			weights[slot] = uint32(i)
		}
		require.Equal(t, lotsOf(weights), tree)
		ticket := uint32(0)
		for slot, weight := range weights {
			for range weight {
				require.Equal(t, slot, tree.find(ticket))
				ticket++
			}
		}
	})
}

// lotsOf grows a tree one by one.
func lotsOf(weights []uint32) lots {
	tree := lots{}
	for slot, weight := range weights {
		tree = tree.grown()
		tree.add(slot, weight)
	}
	return tree
}

// A tree that is cut short is the tree of the weights that are left.
func TestLotsCanBeCutShort(t *testing.T) {
	weights := []uint32{3, 0, 7, 1, 4, 4, 2, 9, 5}
	tree := lotsOf(weights)
	for end := range slices.Backward(weights) {
		require.Equal(t, lotsOf(weights[:end]), tree[:end:end])
	}
}

// "To double each would leave nearly half of its memory unused": a pool of 20 has room for 20.
func TestPoolsGrowByLittle(t *testing.T) {
	require.Equal(t, 20, cap(lotsOf(make([]uint32, 20))))
	require.LessOrEqual(t, cap(lotsOf(make([]uint32, 1000))), 1000*9/8)
}
