package scenarios_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// Each of the 1,000 faults of a kind is as bad as is promised at most, and none is nothing.
func TestStormsSpoilPacketsWithinTheirLimits(t *testing.T) {
	const n = 1_000
	s := stormy(5, scenarios.Storm{
		To: seconds(600), Bursts: n, Duplications: n, Reorderings: n, Corruptions: n,
	}).Expand(1)
	require.Len(t, s.Faults, 4*n)
	worst := map[scenarios.FaultKind]rng.PPM{}
	for i := range s.Faults {
		f := &s.Faults[i]
		d, _ := f.Degradation()
		require.Positive(t, d.Burst.Loss+d.Duplicate+d.Reorder+d.Corrupt, "%s", f)
		worst[f.Kind] = max(worst[f.Kind], d.Duplicate, d.Reorder, d.Corrupt)
		if f.Kind == scenarios.BurstLoss {
			long := rng.PPM(uint64(f.LossPPM) * uint64(d.Burst.Bad) / uint64(d.Burst.Good+d.Burst.Bad))
			worst[f.Kind] = max(worst[f.Kind], long)
		}
		require.LessOrEqual(t, f.By, seconds(10))
		if f.Kind == scenarios.Reorder {
			require.Positive(t, f.By)
			require.LessOrEqual(t, f.By, seconds(2))
		}
	}
	for kind, percent := range map[scenarios.FaultKind]int{
		scenarios.BurstLoss: 10, scenarios.Duplicate: 30, scenarios.Reorder: 10, scenarios.Corrupt: 10,
	} {
		require.LessOrEqual(t, worst[kind], rng.Percent(percent), kind)
		require.Greater(t, worst[kind], rng.Percent(percent-1), "the most of 1,000 draws: %s", kind)
	}
}

// Late packets are part of the storm: they have arrived when it is healed.
func TestAStormIsHealedWhenItsLatePacketsHaveArrived(t *testing.T) {
	s := stormy(5, scenarios.Storm{To: seconds(60), Duplications: 10}).Expand(1)
	last := scenarios.Span(0)
	for i := range s.Faults {
		last = max(last, s.Faults[i].End()+s.Faults[i].By)
	}
	require.Equal(t, last, s.Healed())
	require.LessOrEqual(t, s.Healed(), seconds(60)+scenarios.Span(10*time.Second))
}
