package health

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/rng"
)

// "The cost of a membership change is proportional to the origins that move."  It is
// counted in scores: two to see whether a claim or a wait is concerned, and where it is, one for
// every member for the rank.
func TestMembershipChangesCostWhatMoves(t *testing.T) {
	scores := 0
	counted := func(origin uint32, member node.ID) uint64 {
		scores++
		return hashed(origin, member)
	}
	c := New(DefaultConfig(), 0, firstLife, benchOrigins, counted, rng.New(7))
	for origin := range uint32(benchOrigins) {
		c.Register(0, origin, 0)
	}
	for id := range node.ID(benchServers) {
		c.MemberUp(0, id, firstLife)
	}
	claims := make([]int, benchServers)
	for origin := range uint32(benchOrigins) {
		owner := c.Owner(origin)
		claims[owner]++
		c.Claimed(0, origin, claimBy(owner, firstLife, Healthy))
	}
	c.Activate(0)

	scores = 0
	c.MemberDown(0, 1)
	require.LessOrEqual(t, scores, claims[1]*benchServers, "a rank for each of its claims")
	scores = 0
	c.MemberDown(0, 2)
	require.LessOrEqual(t, scores, (claims[1]+claims[2])*(2+benchServers), "those of 1 are waited for")
	scores = 0
	c.MemberUp(0, 2, firstLife)
	require.LessOrEqual(t, scores, 2*claims[2])
}

func TestEachClaimOfAllowsTheVisitedClaimToMove(t *testing.T) {
	c := registered(DefaultConfig(), 0, firstLife, 10, byID, 7)
	for origin := range uint32(10) {
		c.Claimed(0, origin, claimBy(node.ID(1+origin%2), firstLife, Healthy))
	}
	visited := 0
	c.EachClaimOf(1, func(origin uint32) {
		visited++
		c.Claimed(0, origin, claimBy(2, firstLife, Healthy))
	})
	require.Equal(t, 5, visited)
	c.EachClaimOf(1, func(uint32) { require.Fail(t, "none is left") })
	visited = 0
	c.EachClaimOf(2, func(uint32) { visited++ })
	require.Equal(t, 10, visited)
	c.EachClaimOf(99, func(uint32) { require.Fail(t, "nobody knows this member") })
}
