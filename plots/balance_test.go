package plots

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBalanceSaysWhatItShows(t *testing.T) {
	require.Subset(t, texts(t, balance()), []string{
		"Rendezvous shares out as evenly as luck does, a ring does not",
		"rendezvous: the most loaded server has 1.18 times the mean",
		"modulo: the most loaded server has 1 times the mean",
		"origins", "mean", "95 % of servers", "servers, the least loaded first",
	})
	requireLegible(t, balance())
}

// "If each origin chose its server by luck, 95 % of the servers would be in the band". Of 100,000 loads
// that are drawn so, between 94 and 96 % are: 14 standard deviations of that share, if the loads did
// not depend on each other.
func TestTheBandHoldsWhatLuckGives(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const servers, origins, draws = 50, 10_000, 2_000
	least, mean, most := expectedLoad(origins, servers)
	require.Equal(t, 200.0, mean)
	inside := 0
	for range draws {
		loads := make([]int, servers)
		for range origins {
			loads[random.IntN(servers)]++
		}
		for _, load := range loads {
			if least <= float64(load) && float64(load) <= most {
				inside++
			}
		}
	}
	require.InDelta(t, 0.95, float64(inside)/(servers*draws), 0.01)
}

func TestTheBandIsNotBelowNone(t *testing.T) {
	least, mean, _ := expectedLoad(3, 10)
	require.InDelta(t, 0.3, mean, 1e-9)
	require.Zero(t, least)
}

func TestBalanceRefusesWhatMakesNoFigure(t *testing.T) {
	for want, b := range map[string]*Balance{
		"needs at least 2 servers":            {},
		"ring: one server has all":            {Rows: []BalanceRow{{"ring", 0, 5}}},
		"ring: 0 to 0 origins a server":       {Rows: []BalanceRow{{"ring", 0, 0}, {"ring", 1, 0}}},
		"ring: -1 to 2 origins a server cann": {Rows: []BalanceRow{{"ring", 0, -1}, {"ring", 1, 2}}},
	} {
		_, err := b.Figure()
		require.ErrorContains(t, err, want)
	}
}

func TestTableOfBalance(t *testing.T) {
	b := &Balance{Rows: []BalanceRow{{"ring", 1, 3}, {"ring", 0, 1}}}
	lines := table(t, b)
	require.Equal(t, "placement,server,origins,expected,expected_low,expected_high", lines[0])
	require.Regexp(t, `^ring,1,3,2,0\.04003\d*,3\.95996\d*$`, lines[1])
	require.Regexp(t, `^ring,0,1,2,0\.04003\d*,3\.95996\d*$`, lines[2])
	require.Len(t, lines, 3)
	requireLegible(t, b)
}
