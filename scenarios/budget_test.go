package scenarios_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// away is a server that is gone from one second to another.
func away(kind scenarios.FaultKind, from, to int, ids ...node.ID) scenarios.Fault {
	return scenarios.Fault{Kind: kind, At: seconds(from), For: seconds(to - from), Hosts: ids}
}

// "What a scenario lists counts against it too": of three servers one is gone, so there is room for
// nobody else while it is, and for nothing that strikes it.
func TestListedFaultsCountAgainstTheBudget(t *testing.T) {
	s := stormy(3, scenarios.Storm{From: seconds(100), To: seconds(160), Crashes: 20, Losses: 3})
	for _, listed := range []scenarios.Fault{
		away(scenarios.Crash, 50, 200, 0), away(scenarios.Pause, 100, 160, 2),
		{Kind: scenarios.Crash, At: seconds(10), Hosts: hosts(1)}, // for good
	} {
		s.Faults = []scenarios.Fault{listed}
		for seed := range uint64(20) {
			require.Equal(t, map[scenarios.FaultKind]int{listed.Kind: 1, scenarios.Loss: 3},
				counts(s.Expand(seed).Faults))
		}
	}
	s.Faults = []scenarios.Fault{away(scenarios.Crash, 50, 99, 0)} // over before the storm
	require.Greater(t, counts(s.Expand(1).Faults)[scenarios.Crash], 1)
}

// "-set budget=off goes beyond": all that was asked for is there, whomever it strikes.
func TestWithoutABudgetNothingIsLeftOut(t *testing.T) {
	s := stormy(3, scenarios.Storm{To: seconds(600), Crashes: 30, Pauses: 20})
	inside := s.Expand(1)
	require.Empty(t, inside.OverBudget())
	require.Less(t, len(inside.Faults), 20)
	require.NoError(t, s.Set("budget=off"))
	expanded := s.Expand(1)
	require.Len(t, expanded.Faults, 50)
	require.Equal(t, expanded, expanded.Expand(2), "an expanded scenario expands to itself")
	require.Contains(t, expanded.OverBudget(), " at once")
}

// Whatever storms draw inside the budget is inside the budget.
func TestStormsAreNeverOverTheBudget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		servers := rapid.IntRange(3, 20).Draw(t, "servers")
		storm := drawStorm(t)
		storm.LossPPM = min(storm.LossPPM, scenarios.BudgetLossPPM)
		s := stormy(servers, storm)
		s.Racks = 2
		require.NoError(t, s.Validate())
		expanded := s.Expand(rapid.Uint64().Draw(t, "seed"))
		require.Empty(t, expanded.OverBudget())
	})
}

func TestWhatIsOverTheBudgetIsSaid(t *testing.T) {
	lossy := func(f scenarios.Fault) []scenarios.Fault { return []scenarios.Fault{f} }
	for want, faults := range map[string][]scenarios.Fault{
		"": {away(scenarios.Crash, 1, 5, 0), away(scenarios.Pause, 6, 7, 0, 1),
			away(scenarios.Partition, 1, 9, 0, 1, 2)},
		"at 5s server 0 is struck by a crash and a pause at once": {
			away(scenarios.Crash, 1, 5, 0), away(scenarios.Pause, 5, 7, 0)},
		"at 2s 1 of 4 servers are left running": {
			away(scenarios.Crash, 1, 5, 0, 1), away(scenarios.Uplink, 2, 3, 2)},
		"at 3s a loss takes 10.0001% of the packets": lossy(scenarios.Fault{
			Kind: scenarios.Loss, At: seconds(3), For: seconds(1), LossPPM: 100_001}),
		"at 3s a burst-loss takes 50% of the packets": lossy(scenarios.Fault{
			Kind: scenarios.BurstLoss, At: seconds(3), For: seconds(1), LossPPM: rng.Always,
			GoodPackets: 4, BadPackets: 4}),
	} {
		s := stormy(4, scenarios.Storm{})
		s.Storm, s.Faults = nil, faults
		require.Equal(t, want, s.OverBudget())
	}
	s := stormy(4, scenarios.Storm{})
	s.LossPPM = rng.Percent(11)
	require.Equal(t, "links lose 11% of the packets throughout", s.OverBudget())
}

func TestAStormMayNotAskForMoreLossThanTheBudgetHas(t *testing.T) {
	s := stormy(5, scenarios.Storm{To: seconds(10), Losses: 1, LossPPM: rng.Percent(11)})
	require.EqualError(t, s.Validate(), "storm.loss_ppm: 11%, expected at most 10% "+
		"inside the fault budget; budget: off goes beyond")
	require.NoError(t, s.Set("budget=off"))
	require.NoError(t, s.Validate())
	require.EqualError(t, s.Set("budget=maybe"),
		`-set budget=maybe: "maybe", expected one of [on off]`)
	s.Budget = "maybe"
	require.EqualError(t, s.Validate(), `budget: "maybe", expected one of [on off]`)
}

// The budget in words names the figures that it is made of.
func TestTheBudgetInWords(t *testing.T) {
	text := strings.Join(scenarios.BudgetLines(), "\n")
	for _, want := range []string{"at least 2 servers", "at most 10% of", "crash 5s", "pause 1s"} {
		require.Contains(t, text, want)
	}
	require.NotContains(t, text, "register")
}
