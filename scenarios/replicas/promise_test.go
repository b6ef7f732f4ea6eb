package replicas

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// Every scenario passes: nothing is violated, and every situation it is about occurs. Five seeds of
// each that pass say with 95 % confidence that fewer than 45 % of all seeds fail; the thousand of
// BUTTERFLY_FULL=1, that fewer than 0.3 % do.
func TestPromisesAreKept(t *testing.T) {
	for _, s := range scenarios.Maps() {
		s = small(t, s.Name)
		for seed := range seedCount(5, 1000) {
			r := Build(s, seed, Options{}).Run()
			require.Empty(t, r.Violations, "%s, seed %d", s.Name, seed)
			require.Equal(t, world.Pass, r.Verdict, "%s, seed %d: %v", s.Name, seed, r.Sometimes)
		}
	}
}

// Every kind of fault that a scenario asks for has an effect.
func TestFaultsBite(t *testing.T) {
	for _, s := range scenarios.Maps() {
		for seed := range seedCount(2, 100) {
			for _, f := range Build(small(t, s.Name), seed, Options{}).Run().Faults {
				require.NotEmpty(t, f.Effect, "%s, seed %d: the %v did nothing", s.Name, seed, f.Kind)
			}
		}
	}
}

// What a run is about it cannot fail to bring about.
func TestWhatAPlanCannotFailToBringAboutIsExpected(t *testing.T) {
	for name, more := range map[string]expectations{
		"map-steady":    nil,
		"map-storm":     nil,
		"map-removals":  {situationCollected, situationWhole},
		"map-restarts":  {situationRetired},
		"map-truncated": {situationCut},
		"map-idle64":    nil,
	} {
		want := append(expectations{checkers.SituationAgreed, situationWritten}, more...)
		require.ElementsMatch(t, want, newGroup(catalogued(t, name), 1).expected(), name)
	}
}

// What is listed is what is checked.
func TestPromisesAreListed(t *testing.T) {
	always := []string{
		checkers.PropertyConvergence, checkers.PropertyStrong, checkers.PropertyMapCoverage,
		checkers.PropertyCausalPast, checkers.PropertyNoThinAir, checkers.PropertyCausalClosure,
		checkers.PropertyVersionsGrow, checkers.PropertyDotUniqueness,
		checkers.PropertyReadYourWrites, checkers.PropertyMonotonicReads, checkers.PropertyFixedPoint,
	}
	for name, more := range map[string][]string{
		"map-steady":    {PropertyIdle},
		"map-removals":  {PropertyIdle},
		"map-restarts":  {PropertyVectors},
		"map-truncated": nil,
		"map-idle64":    {PropertyIdle},
		"map-storm":     nil,
	} {
		s := catalogued(t, name).Expand(1)
		var listed []string
		for _, p := range Promises(&s) {
			listed = append(listed, p.Property)
		}
		require.ElementsMatch(t, append(more, always...), listed, name)
	}
}

// "an idle pull at 64 servers stays under 1.5 KiB": the promise of map-idle64.
func TestAnIdlePullOf64ServersIsPromisedToStayUnder1536Bytes(t *testing.T) {
	require.Equal(t, 1536, newGroup(catalogued(t, "map-idle64"), 1).mostIdle())
	r := Build(catalogued(t, "map-idle64"), 1, Options{}).Run()
	require.Equal(t, world.Pass, r.Verdict)
	require.Less(t, r.Metrics["idle_exchange_bytes"], 1536.0)
	require.Greater(t, r.Metrics["idle_exchange_bytes"], 64*8.0, "each server is in the vector")
}

// "beyond, what is broken is no failure".
func TestNothingIsPromisedOnABadNetwork(t *testing.T) {
	for set, reason := range map[string]string{
		"loss=60%":      "the promises are made for a steady loss of up to 10%, this is 60%",
		"latency=125ms": "the promises are made for one-way delays below 125ms, this is 125ms",
	} {
		r := Build(brief(t, "map-steady", set), 1, Options{}).Run()
		require.Equal(t, reason, r.Beyond)
		require.NotEqual(t, world.Fail, r.Verdict)
	}
}

// Without time to settle nothing is proved: nobody would have stopped writing.
func TestARunThatEndsTooEarlyIsVacuous(t *testing.T) {
	r := Build(small(t, "map-steady", "duration=25s"), 1, Options{}).Run()
	require.Equal(t, world.Vacuous, r.Verdict)
	require.Contains(t, r.Sometimes, world.Situation{Name: situationSettled})
}
