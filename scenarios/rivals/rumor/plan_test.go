package rumor

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestPlansOutOfRangeAreRefused(t *testing.T) {
	for want, plan := range map[string]Plan{
		"k: 0, expected 1 to 1000":             {K: 0, Servers: 10},
		"k: 1001, expected 1 to 1000":          {K: 1001, Servers: 10},
		"servers: 1, expected 2 to 10000":      {K: 1, Servers: 1},
		"servers: 100000, expected 2 to 10000": {K: 1, Servers: 100_000},
	} {
		require.EqualError(t, plan.Validate(), want)
		require.PanicsWithValue(t, "rumor.Run: "+want, func() { Run(plan, 1) })
	}
	require.NoError(t, (&Plan{K: MaxK, Servers: 2}).Validate())
}

func drawPlan(t *rapid.T) Plan {
	return Plan{
		Variant: rapid.SampledFrom(Variants()).Draw(t, "variant"),
		K:       rapid.IntRange(1, 6).Draw(t, "k"),
		Servers: rapid.IntRange(2, 60).Draw(t, "servers"),
	}
}

// What holds for every rumor, whatever its luck. r is the number of sites that have heard of it.
func TestEveryRumor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan, seed := drawPlan(t), rapid.Uint64().Draw(t, "seed")
		trial := Run(plan, seed)
		require.Equal(t, trial, Run(plan, seed), "a trial is a function of plan and seed")

		n := float64(plan.Servers)
		reached, sent := math.Round((1-trial.Residue)*n), math.Round(trial.Traffic*n)
		require.GreaterOrEqual(t, reached, 1.0, "the origin knows")
		require.LessOrEqual(t, reached, n)
		require.GreaterOrEqual(t, sent, reached-1, "nobody knows unless told")
		require.LessOrEqual(t, trial.MeanDelay, trial.LastDelay)
		require.Equal(t, reached == 1, trial.LastDelay == 0, "the first contact is in cycle 1")
		requireTraffic(t, plan, reached, sent)
	})
}

// requireTraffic checks the number of updates that r sites send, where it does not depend on luck.
func requireTraffic(t *rapid.T, plan Plan, reached, sent float64) {
	k := float64(plan.K)
	switch plan.Variant.String() {
	case "push-blind-counter":
		require.Equal(t, k*reached, sent, "each site that hears of it sends k")
	case "push-feedback-counter":
		// Each ends with k that are useless, and r-1 at least are useful.
		require.GreaterOrEqual(t, sent, (k+1)*reached-1)
	case "push-blind-coin", "push-feedback-coin":
		require.GreaterOrEqual(t, sent, reached, "each sends at least one")
	}
}

// With two sites there is no luck but the coin's. Push: the first update is useful; then each tells
// the other K times what it knows.
func TestTwoSites(t *testing.T) {
	trial := Run(Plan{K: 3, Servers: 2}, 1)
	require.Equal(t, Trial{Residue: 0, Traffic: 3.5, MeanDelay: 1, LastDelay: 1}, trial)
	trial = Run(Plan{Variant: Variant{Pull: true}, K: 3, Servers: 2}, 1)
	require.Equal(t, Trial{Residue: 0, Traffic: 3.5, MeanDelay: 1, LastDelay: 1}, trial)
	trial = Run(Plan{Variant: Variant{Blind: true}, K: 3, Servers: 2}, 1)
	require.Equal(t, Trial{Residue: 0, Traffic: 3, MeanDelay: 1, LastDelay: 1}, trial)
}

// Nobody need ask the origin while it cares: then nobody is reached, and no delay is measured.
func TestARumorThatNobodyHears(t *testing.T) {
	plan := Plan{Variant: Variant{Pull: true, Blind: true}, K: 1, Servers: 10}
	alone := 0
	for seed := range uint64(100) {
		if trial := Run(plan, seed); trial.LastDelay == 0 {
			require.Equal(t, Trial{Residue: 0.9}, trial)
			alone++
		}
	}
	// (8/9)^9 = 34.6 % of 100: within three standard deviations.
	require.InDelta(t, 34.6, alone, 14.3)
}
