package scenarios_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/scenarios"
)

func expanded(t *testing.T, name string, seed uint64, sets ...string) scenarios.Scenario {
	s, err := scenarios.Find(name)
	require.NoError(t, err)
	for _, set := range sets {
		require.NoError(t, s.Set(set))
	}
	s = s.Expand(seed)
	require.NoError(t, s.Validate())
	require.Nil(t, s.Trial)
	return s
}

// "at a random moment of a period": the moments and the hosts of many seeds are all over the place.
func TestASingleCrashStrikesAnyServerAtAnyMoment(t *testing.T) {
	struck, parts := map[any]bool{}, map[any]bool{}
	for seed := range uint64(1000) {
		s := expanded(t, "swim-crash", seed)
		require.Len(t, s.Faults, 1)
		f := s.Faults[0]
		require.Equal(t, scenarios.Crash, f.Kind)
		require.Zero(t, f.For)
		require.Len(t, f.Hosts, 1)
		require.GreaterOrEqual(t, f.At, seconds(30))
		require.LessOrEqual(t, f.At, seconds(60))
		struck[f.Hosts[0]] = true
		parts[f.At%seconds(1)/scenarios.Span(100*time.Millisecond)] = true
	}
	require.Len(t, struck, 64)
	require.Len(t, parts, 10)
}

func TestAShareOfTheServersCrashesAtOnce(t *testing.T) {
	for set, want := range map[string]int{
		"percent=25": 16, "percent=100": 64, "percent=1": 1, "servers=7": 1, "servers=8": 2,
	} {
		s := expanded(t, "swim-mass-crash", 1, set)
		require.Len(t, s.Faults, 1)
		require.Len(t, s.Faults[0].Hosts, want, set)
	}
}

// "every node down 12 s inside a 5 s window": memberlist v0.7.0 was measured that way.
func TestAMassRestartStrikesEveryServerOnce(t *testing.T) {
	s := expanded(t, "swim-mass-restart", 1)
	struck := map[any]bool{}
	for _, f := range s.Faults {
		require.Equal(t, seconds(12), f.For)
		require.False(t, f.Keep)
		require.Len(t, f.Hosts, 1)
		struck[f.Hosts[0]] = true
		require.LessOrEqual(t, f.At-s.Faults[0].At, seconds(5))
	}
	require.Len(t, struck, s.Servers)
}

func TestAPartitionCutsTheGroupInHalves(t *testing.T) {
	for servers, half := range map[string]int{"servers=10": 5, "servers=11": 5, "servers=2": 1} {
		s := expanded(t, "swim-partition", 1, servers, "cut=7s")
		require.Len(t, s.Faults, 1)
		require.Equal(t, scenarios.Partition, s.Faults[0].Kind)
		require.Equal(t, seconds(7), s.Faults[0].For)
		require.Len(t, s.Faults[0].Hosts, half)
	}
}

// Eight blocks of 16.384 s begin within 120 s when the servers run for 64 ms in between, and as
// many when they run for 512 ms.
func TestSlowServersAreBlockedAgainAndAgain(t *testing.T) {
	for _, free := range []string{"free=64ms", "free=512ms"} {
		s := expanded(t, "swim-slow", 1, free)
		require.Len(t, s.Faults, 8)
		for i, f := range s.Faults {
			require.Equal(t, scenarios.Block, f.Kind)
			require.Equal(t, scenarios.Span(16384*time.Millisecond), f.For)
			require.Equal(t, s.Faults[0].Hosts, f.Hosts)
			require.Len(t, f.Hosts, 4)
			if i > 0 {
				require.Equal(t, free, "free="+(f.At-s.Faults[i-1].End()).String())
			}
		}
		require.Less(t, s.Faults[7].At-s.Faults[0].At, seconds(120))
		require.GreaterOrEqual(t, s.Duration-s.Healed(), seconds(60), "quiet at the end")
	}
}

// Whatever is set, the plan lies within the run or is refused: never is a fault after its end.
func TestATrialLiesWithinTheRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(scenarios.Groups()).Draw(t, "scenario")
		s.Servers = rapid.IntRange(1, 20).Draw(t, "servers")
		s.Duration = drawSpan(t, "duration", 5*time.Minute)
		s.Group.UpdateAt, s.Group.JoinEvery = 0, 0
		s.Trial = drawTrial(t)
		if s.Validate() != nil {
			return
		}
		e := s.Expand(rapid.Uint64().Draw(t, "seed"))
		require.NoError(t, e.Validate())
		require.NotEmpty(t, e.Faults)
	})
}

func drawTrial(t *rapid.T) *scenarios.Trial {
	trial := &scenarios.Trial{
		Kind: rapid.SampledFrom([]scenarios.TrialKind{
			scenarios.Crashes, scenarios.Halves, scenarios.Slowness,
		}).Draw(t, "kind"),
		From: drawSpan(t, "from", time.Minute), To: drawSpan(t, "to", 2*time.Minute),
	}
	switch trial.Kind {
	case scenarios.Crashes:
		trial.Percent = rapid.IntRange(0, 100).Draw(t, "percent")
		trial.Within = drawSpan(t, "within", 10*time.Second)
		trial.Down = drawSpan(t, "down", 10*time.Second)
	case scenarios.Halves:
		trial.Cut = drawSpan(t, "cut", time.Minute)
	case scenarios.Slowness:
		trial.Slow = rapid.IntRange(0, 20).Draw(t, "slow")
		trial.Block = drawSpan(t, "block", 20*time.Second)
		trial.Free = drawSpan(t, "free", time.Second)
		trial.Cycles = drawSpan(t, "cycles", time.Minute)
	}
	return trial
}

func drawSpan(t *rapid.T, name string, most time.Duration) scenarios.Span {
	return scenarios.Span(rapid.Int64Range(0, int64(most)).Draw(t, name))
}

func TestInvalidTrialsNameTheField(t *testing.T) {
	for message, c := range map[string]struct {
		scenario string
		change   func(*scenarios.Trial)
	}{
		`trial.kind: "fire", expected one of [crashes halves slowness]`: {
			"swim-crash", func(t *scenarios.Trial) { t.Kind = "fire" },
		},
		"trial.percent: 101, expected 0 to 100": {
			"swim-crash", func(t *scenarios.Trial) { t.Percent = 101 },
		},
		"trial.down: -1ns, expected 0s to 168h0m0s": {
			"swim-crash", func(t *scenarios.Trial) { t.Down = -1 },
		},
		"trial.to: from 30s or up to 1m0s on for 1m1s does not lie within the run of 2m0s": {
			"swim-crash", func(t *scenarios.Trial) { t.Down = seconds(61) },
		},
		"trial.cut: 0s, expected 1ms to 168h0m0s": {
			"swim-partition", func(t *scenarios.Trial) { t.Cut = 0 },
		},
		"trial.block: 0s, expected 1ms to 168h0m0s": {
			"swim-slow", func(t *scenarios.Trial) { t.Block = 0 },
		},
		"trial.slow: 129, expected 1 to the number of servers, 128": {
			"swim-slow", func(t *scenarios.Trial) { t.Slow = 129 },
		},
		"trial.cycles: 120000 blocks in 2m0s, expected at most 10000": {
			"swim-slow", func(t *scenarios.Trial) { t.Block, t.Free = scenarios.Span(1e6), 0 },
		},
	} {
		s, err := scenarios.Find(c.scenario)
		require.NoError(t, err)
		c.change(s.Trial)
		require.EqualError(t, s.Validate(), message)
	}
}

// "What only another kind of trial has must be 0."
func TestATrialHasNothingOfAnotherKind(t *testing.T) {
	for _, c := range []struct {
		scenario, field, kind string
		change                func(*scenarios.Trial)
	}{
		{"swim-slow", "percent", "slowness", func(t *scenarios.Trial) { t.Percent = 1 }},
		{"swim-slow", "within", "slowness", func(t *scenarios.Trial) { t.Within = 1 }},
		{"swim-slow", "down", "slowness", func(t *scenarios.Trial) { t.Down = 1 }},
		{"swim-slow", "cut", "slowness", func(t *scenarios.Trial) { t.Cut = 1 }},
		{"swim-crash", "slow", "crashes", func(t *scenarios.Trial) { t.Slow = 1 }},
		{"swim-crash", "block", "crashes", func(t *scenarios.Trial) { t.Block = 1 }},
		{"swim-partition", "free", "halves", func(t *scenarios.Trial) { t.Free = 1 }},
		{"swim-partition", "cycles", "halves", func(t *scenarios.Trial) { t.Cycles = 1 }},
	} {
		s, err := scenarios.Find(c.scenario)
		require.NoError(t, err)
		c.change(s.Trial)
		require.EqualError(t, s.Validate(),
			"trial."+c.field+": expected none in a trial by "+c.kind)
	}
}

func TestATrialStaysWithinItsWindow(t *testing.T) {
	for _, s := range scenarios.Groups() {
		if s.Trial == nil {
			continue
		}
		from, to := s.Trial.Window()
		for seed := range uint64(20) {
			for _, f := range s.Expand(seed).Faults {
				require.True(t, from <= f.At && f.End() <= to, "%s: %v", s.Name, &f)
			}
		}
	}
}
