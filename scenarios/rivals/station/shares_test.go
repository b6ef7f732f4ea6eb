package station

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/node/rendezvous"
)

// Against package rendezvous, with scores of a few bits so that ties happen: whoever comes and
// goes, in whatever order.
func TestSharesAreThoseOfRendezvousHashing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := configOf(6, 20)
		mask := rapid.SampledFrom([]uint64{3, 1<<64 - 1}).Draw(t, "mask")
		score := c.Score
		c.Score = func(origin uint32, server node.ID) uint64 { return score(origin, server) & mask }
		shares := NewShares(c)
		taking := map[node.ID]bool{}
		for range rapid.IntRange(0, 20).Draw(t, "steps") {
			server := node.ID(rapid.IntRange(0, 5).Draw(t, "server"))
			if rapid.Bool().Draw(t, "join") {
				require.Equal(t, !taking[server], shares.Join(server))
				taking[server] = true
			} else {
				require.Equal(t, taking[server], shares.Part(server))
				delete(taking, server)
			}
			require.Equal(t, len(taking), shares.Count())
			require.Equal(t, taking[server], shares.Has(server))
			requireOwners(t, shares, c, taking)
		}
	})
}

func requireOwners(t *rapid.T, shares *Shares, c *Config, taking map[node.ID]bool) {
	for origin := range uint32(c.Origins) {
		want, most := node.Nobody, uint64(0)
		for server := range node.ID(c.Servers) {
			score := c.Score(origin, server)
			if taking[server] && (want == node.Nobody || score > most) {
				want, most = server, score
			}
		}
		require.Equal(t, want, shares.Owner(origin))
	}
}

// The formula of package rendezvous, in one case with its own function.
func TestTheScoreOfTheFixtureIsRendezvous(t *testing.T) {
	c := configOf(6, 20)
	shares := NewShares(c)
	var members []rendezvous.Member
	for id := range node.ID(6) {
		shares.Join(id)
		members = append(members,
			rendezvous.Member{ID: id, Hash: rendezvous.HashNumber(1<<32 + uint64(id))})
	}
	for origin := range uint32(20) {
		want, _ := rendezvous.Owner(rendezvous.HashNumber(uint64(origin)), members)
		require.Equal(t, want, shares.Owner(origin))
	}
}
