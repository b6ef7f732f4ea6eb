package tune

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/stage"
)

// "Any few rounds in a row have long and short ones", and twelve have all.
func TestStallsAreSpread(t *testing.T) {
	for first := 1; first <= 12; first++ {
		seen := map[scenarios.Span]bool{}
		short, long := false, false
		for round := first; round < first+12; round++ {
			seen[stallOf(round)] = true
			if round < first+4 {
				short = short || stallOf(round) < scenarios.Span(6*time.Second)
				long = long || stallOf(round) > scenarios.Span(8*time.Second)
			}
		}
		require.Len(t, seen, len(stallMillis))
		require.True(t, short && long, "four rounds from %d on", first)
	}
	s := crash(t)
	servers, least, most := Stalls(&s, 12)
	require.Equal(t, 8, servers)
	require.Equal(t, scenarios.Span(time.Second), least)
	require.Equal(t, scenarios.Span(48*time.Second), most)
	_, least, most = Stalls(&s, 1)
	require.Equal(t, least, most)
}

// The crash run is the given scenario, so that whoever sets what the candidate sets sees the same
// run.
func TestTheCrashRunIsTheScenario(t *testing.T) {
	s := crash(t, "duration=10m")
	for _, c := range Candidates(&s)[:5] {
		set := s
		for _, assignment := range c.Settings {
			require.NoError(t, set.Set(assignment))
		}
		require.Equal(t, set, c.Crash())
	}
}

// All are as long as the longest must be, which is far beyond the 2 minutes of the scenario.
func TestTheCrashRunLastsUntilTheCrashMustBeKnown(t *testing.T) {
	s := crash(t)
	all := Candidates(&s)
	longest := scenarios.Span(0)
	for _, c := range all {
		run := c.Crash()
		require.Equal(t, all[0].Crash().Duration, run.Duration)
		bound := c.config.DetectionBound(run.Servers)
		require.GreaterOrEqual(t, run.Duration.Duration()-run.Trial.To.Duration(), bound)
		longest = max(longest, c.due())
	}
	require.Equal(t, longest, all[0].Crash().Duration)
	require.Zero(t, longest%scenarios.Span(time.Second))
}

func TestTheStallRunIsTheSameNetwork(t *testing.T) {
	s := crash(t, "servers=24", "loss=3%", "latency=20ms")
	c := Candidates(&s)[0]
	stall := c.Stall(1)
	require.Equal(t, 3, stall.Trial.Slow)
	require.Equal(t, s.LossPPM, stall.LossPPM)
	require.Equal(t, s.Latency, stall.Latency)
	require.Equal(t, s.Trial.Kind, scenarios.Crashes, "the given scenario is as it was")
	expanded := stall.Expand(1)
	require.Len(t, expanded.Faults, 1)
	require.Equal(t, scenarios.Block, expanded.Faults[0].Kind)
	require.Equal(t, stallOf(1), expanded.Faults[0].For)
}

// What is played says what the score asks for, and a stall that outlasts lan's patience (4 s for a
// group of 8, and two periods) is a death that one without suspicion's patience would also declare.
func TestRoundsAreScored(t *testing.T) {
	s := crash(t, "servers=8")
	lan := Candidates(&s)[0]
	var score Score
	score.AddCrash(stage.Build(lan.Crash(), 2, stage.Options{}).Run())
	score.AddStall(&lan, stage.Build(lan.Stall(2), 2, stage.Options{}).Run())
	f := score.Figures()
	require.Equal(t, scenarios.Span(48*time.Second), stallOf(2))
	require.Zero(t, score.Missed())
	require.InDelta(t, 6, f.DetectionSeconds, 3)
	require.InDelta(t, 100, f.FalseDeaths, 15)
	require.InDelta(t, 25, f.BytesPerNodeSecond, 10)
}
