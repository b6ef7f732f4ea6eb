package agent

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// Placement "depends on nothing but their names": however many servers and origins there are, the
// score of a pair is the same, and no two pairs share one.
func TestPlacementDependsOnNamesAlone(t *testing.T) {
	small, large := NewPlacement(3, 5), NewPlacement(64, 1000)
	require.Equal(t, []int{3, 5}, []int{small.Servers(), small.Origins()})
	seen := map[uint64]bool{}
	for server := range node.ID(3) {
		for origin := range uint32(5) {
			score := small.Score(origin, server)
			require.Equal(t, large.Score(origin, server), score)
			require.False(t, seen[score])
			seen[score] = true
		}
	}
}

// "NewPlacementBy ranks by another score", and the servers by it: here server 2 before the others.
func TestAnotherPlacementRanks(t *testing.T) {
	h := newHands(t, 3, 30)
	h.config.Placement = NewPlacementBy(3, 30, func(_ uint32, server node.ID) uint64 {
		return uint64(server)
	})
	require.Equal(t, []int{3, 30}, []int{h.config.Placement.Servers(), h.config.Placement.Origins()})
	h.startAll()
	h.advance(2 * h.config.Health.RankWait)
	require.Equal(t, 30, h.all[2].checks.CheckingCount())
	require.Zero(t, h.all[0].checks.CheckingCount()+h.all[1].checks.CheckingCount())
}
