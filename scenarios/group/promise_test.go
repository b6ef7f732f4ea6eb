package group

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// Every scenario passes: nothing is violated, and every situation it is about occurs. Eight seeds
// of each that pass say with 95 % confidence that fewer than 3/8 of all seeds fail; the thousand of
// BUTTERFLY_FULL=1, that fewer than 0.3 % do.
func TestPromisesAreKept(t *testing.T) {
	for _, s := range scenarios.Groups() {
		s = catalogued(t, s.Name, "servers=8-32")
		for seed := range seedCount(8, 1000) {
			r := Build(s, seed, Options{}).Run()
			require.Empty(t, r.Violations, "%s, seed %d", s.Name, seed)
			require.Equal(t, world.Pass, r.Verdict, "%s, seed %d: %v", s.Name, seed, r.Sometimes)
			for _, f := range r.Faults {
				require.NotEmpty(t, f.Effect, "%s, seed %d: the %v did nothing",
					s.Name, seed, f.Kind)
			}
		}
	}
}

// With each preset for use every scenario is as long as it takes to be judged.
func TestEveryScenarioSettlesWithEveryPresetForUse(t *testing.T) {
	for _, preset := range []string{"preset=lan", "preset=wan", "preset=local"} {
		for _, s := range scenarios.Groups() {
			s = catalogued(t, s.Name, preset)
			for seed := range uint64(20) {
				e := s.Expand(seed)
				require.GreaterOrEqual(t, (e.Duration - e.Healed()).Duration(), Settle(&e),
					"%s, %s, seed %d", s.Name, preset, seed)
			}
			s = catalogued(t, s.Name, preset, "servers=8")
			r := Build(s, 1, Options{}).Run()
			require.Equal(t, world.Pass, r.Verdict, "%s, %s: %v", s.Name, preset, r.Sometimes)
		}
	}
}

// Other people's rules and the papers' presets are measured, and held to no bound.
func TestMeasurementsAreHeldToNoBound(t *testing.T) {
	for _, set := range []string{
		"rules=memberlist", "preset=swim", "preset=classic", "preset=basic", "k=0", "fallback=off",
		"suspicion_mult=1", "lifeguard=off", "retransmit_mult=1", "fanout=1",
		"probe_interval=999ms", "probe_timeout=499ms", "probe_timeout=501ms",
		"gossip_interval=201ms", "gossip_interval=0s",
	} {
		s := small(t, "swim-partition", set)
		s = s.Expand(1)
		for _, p := range Promises(&s) {
			require.Zero(t, p.Bound, "%s: %s", set, p.Property)
		}
		require.Zero(t, Settle(&s), set)
		r := Build(s, 1, Options{}).Run()
		require.Empty(t, r.Violations, set)
		require.Contains(t, r.Metrics, "healed", set)
	}
}

// A change that protects the living no less leaves the promises as they are.
func TestTuningTheTimesKeepsThePromises(t *testing.T) {
	for _, set := range []string{
		"probe_interval=2s", "gossip_interval=100ms", "k=5", "lifeguard=full",
	} {
		s := small(t, "swim-crash", set)
		s = s.Expand(1)
		require.Positive(t, Settle(&s), set)
	}
}

// What is listed is what is checked: each property that is, and no other, can be seen among them.
func TestPromisesAreListed(t *testing.T) {
	invariants := []string{
		checkers.PropertyIncarnationMonotone, checkers.PropertyNoResurrection,
		checkers.PropertyLegalTransitions, checkers.PropertyOwnIncarnation,
		checkers.PropertyOneDescription, checkers.PropertyNeverSelfDead, checkers.PropertyProbeGap,
	}
	finite := []string{"swim-crash", "swim-mass-crash", "swim-mass-restart", "swim-partition",
		"swim-update", "swim-slow"}
	agreement := []string{checkers.PropertyCompleteness, checkers.PropertyAccuracy}
	for name, bounded := range map[string][]string{
		"swim-crash":        append(agreement, checkers.PropertyDetectionBound),
		"swim-mass-crash":   append(agreement, checkers.PropertyDetectionBound),
		"swim-mass-restart": agreement,
		"swim-partition":    append(agreement, checkers.PropertyPartitionHeals),
		"swim-update":       append(agreement, checkers.PropertyUpdateSpreads),
		"swim-slow":         nil,
		"swim-loss":         {checkers.PropertyFewAccusations},
		"swim-join":         nil,
	} {
		s := catalogued(t, name)
		s = s.Expand(1)
		var listed []string
		for _, p := range Promises(&s) {
			listed = append(listed, p.Property)
		}
		expected := slices.Concat(bounded, invariants)
		if slices.Contains(finite, name) { // a death is not final
			expected = append(expected, checkers.PropertyGoneForgotten)
		}
		require.ElementsMatch(t, expected, listed, name)
	}
	s := catalogued(t, "swim-crash", "servers=2001")
	s = s.Expand(1)
	require.Len(t, Promises(&s), 3, "pairs are too many for the invariants")
}

// "beyond, what is broken is no failure".
func TestNothingIsPromisedOnABadNetwork(t *testing.T) {
	for set, reason := range map[string]string{
		"loss=60%":      "the promises are made for a steady loss of up to 10%, this is 60%",
		"latency=250ms": "the promises are made for one-way delays below 250ms, this is 250ms",
	} {
		r := Build(small(t, "swim-crash", set, "suspicion_mult=4"), 1, Options{}).Run()
		require.Equal(t, reason, r.Beyond)
		require.NotEqual(t, world.Fail, r.Verdict)
	}
	r := Build(small(t, "swim-crash", "loss=10%"), 1, Options{}).Run()
	require.Empty(t, r.Beyond)
	require.Equal(t, world.Pass, r.Verdict)
}

// Without time to settle nothing is proved.
func TestARunThatEndsTooEarlyIsVacuous(t *testing.T) {
	for name, duration := range map[string]string{
		"swim-crash": "61s", "swim-update": "75s", "swim-mass-crash": "61s",
	} {
		r := Build(small(t, name, "duration="+duration), 1, Options{}).Run()
		require.Equal(t, world.Vacuous, r.Verdict, name)
		require.Contains(t, r.Sometimes, world.Situation{Name: situationSettled}, name)
	}
}
