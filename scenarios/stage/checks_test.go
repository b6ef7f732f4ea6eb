package stage_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

// played is a scenario of the catalogue with settings.
func played(t *testing.T, name string, settings ...string) scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Find(name)
	require.NoError(t, err)
	for _, assignment := range settings {
		require.NoError(t, s.Set(assignment))
	}
	require.NoError(t, stage.Validate(&s))
	return s
}

// A bound that nobody can keep is broken, by the name it was set by, in a run of every kind; what is
// switched off is not; and neither changes what happens.
func TestBoundsByHandAreHeldTo(t *testing.T) {
	for _, c := range []struct{ scenario, size, property string }{
		{"crash", "servers=5", "at-least-one-checker"},
		{"crash", "servers=5", "membership-completeness"},
		{"swim-crash", "servers=8", "detection-bound"},
		{"swim-crash", "servers=8", "membership-completeness"},
		{"swim-partition", "servers=8", "partition-heals"},
		{"swim-update", "servers=8", "update-spreads"},
		{"map-storm", "servers=8", "map-convergence"},
	} {
		settings := []string{c.size}
		if c.scenario == "crash" {
			settings = append(settings, "origins=30")
		}
		plain := stage.Build(played(t, c.scenario, settings...), 1, stage.Options{}).Run()
		require.Equal(t, world.Pass, plain.Verdict, c.scenario)

		tight := append(settings, "check="+c.property+":2ms", "check=others:off")
		broken := stage.Build(played(t, c.scenario, tight...), 1, stage.Options{}).Run()
		require.Equal(t, plain.Fingerprint, broken.Fingerprint)
		require.Equal(t, world.Fail, broken.Verdict, c)
		require.Equal(t, c.property, broken.Violations[0].Property)
		require.Len(t, broken.Violations, 1)

		off := append(settings, "check="+c.property+":off")
		require.Equal(t, world.Pass, stage.Build(played(t, c.scenario, off...), 1, stage.Options{}).Run().Verdict)
	}
}

// A run has to go on for as long as it is judged by.
func TestALongBoundNeedsALongRun(t *testing.T) {
	s := played(t, "crash", "servers=5", "origins=30", "check=map-convergence:1h")
	require.Equal(t, world.Vacuous, stage.Build(s, 1, stage.Options{}).Run().Verdict)
}

// "Unknown names list what exists for that kind of scenario."
func TestEachKindHasChecksOfItsOwn(t *testing.T) {
	for _, c := range []struct{ scenario, check, want string }{
		{"talk", "detection-bound:off", "checkers.detection-bound: no such property; " +
			"of a whole cluster there are at-least-one-checker, "},
		{"talk", "no-flipp:off", `did you mean "no-flip"?; of a whole cluster there are`},
		{"talk", "no-flip:1s", "checkers.no-flip: 1s, but it has no bound: expected on or off"},
		{"swim-crash", "no-flip:off", "of SWIM alone there are detection-bound, "},
		{"map-storm", "no-flip:off", "of the map alone there are map-convergence, "},
		{"cap-available", "no-flip:off", "of registers there are linearizable, "},
	} {
		s, err := scenarios.Find(c.scenario)
		require.NoError(t, err)
		require.NoError(t, s.Set("check="+c.check))
		require.ErrorContains(t, stage.Validate(&s), c.want)
	}
}

// What has a bound for one kind is listed once among those of all kinds, with its bound.
func TestAllChecksAreThoseOfEachKind(t *testing.T) {
	all := map[string]bool{}
	for _, c := range stage.AllChecks() {
		require.NotContains(t, all, c.Property)
		all[c.Property] = c.Bounded
	}
	for _, s := range scenarios.Catalogue() {
		for _, c := range stage.Checks(&s) {
			require.Contains(t, all, c.Property)
			require.True(t, all[c.Property] || !c.Bounded)
		}
	}
}
