package universe

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

func TestBadSpecsAreNamed(t *testing.T) {
	for want, change := range map[string]func(s *Spec[beat]){
		"Spec.Machine: there is no constructor":   func(s *Spec[beat]) { s.Machine = nil },
		"Spec.Checkers: there is nobody to judge": func(s *Spec[beat]) { s.Checkers = nil },
		"Spec.Scenario: servers: 0, expected":     func(s *Spec[beat]) { s.Scenario.Servers = 0 },
		"Spec.Scenario: duration: 1s, expected": func(s *Spec[beat]) {
			s.Scenario.Duration = seconds(1)
		},
		"Spec.Scenario: storm: outages, flaps": func(s *Spec[beat]) {
			s.Scenario.Storm.Outages = 1
		},
		"Spec.Scenario: merge: \"siblings\", expected none": func(s *Spec[beat]) {
			s.Scenario.Merge = scenarios.Siblings
		},
	} {
		s := hearts(nil)
		change(&s)
		_, err := Hunt(s, 1)
		require.ErrorContains(t, err, want)
	}
	_, err := Hunt(hearts(nil), 0)
	require.ErrorContains(t, err, "the first is above the last")
}

func TestAScenarioIsNamedAfterItsTest(t *testing.T) {
	for test, want := range map[string]string{
		"TestTwoPhases/no_vote": "two-phases-no-vote", "FuzzIt": "it", "Test": "universe",
		"Test" + strings.Repeat("x", 100): strings.Repeat("x", 64), "TestÄrger1": "rger1",
	} {
		require.Equal(t, want, nameOf(test))
	}
	s := hearts(nil)
	s.Scenario.Name = ""
	p, err := newPlayer(s, t.Name())
	require.NoError(t, err)
	require.Equal(t, "a-scenario-is-named-after-its-test", p.base.Name)
	require.Equal(t, "butterfly/scenarios/universe", p.base.Guest.Package)
	require.Equal(t, t.Name(), p.base.Guest.Test)
	require.Equal(t, seconds(10), p.base.Guest.Settle, "from the end of the storm to that of the run")
}
