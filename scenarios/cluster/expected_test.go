package cluster

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// "what the plan cannot fail to bring about": a crash before the group has formed, or of everybody at
// once, leaves nobody to notice it, and a run with such a crash proves no less for it.
func TestOnlyCrashesWithAWitnessAreExpectedToBeNoticed(t *testing.T) {
	const second = scenarios.Span(time.Second)
	for name, c := range map[string]struct {
		at, length scenarios.Span
		hosts      []node.ID
		noticed    bool
	}{
		"one":          {60 * second, 120 * second, []node.ID{1}, true},
		"all but one":  {60 * second, 120 * second, []node.ID{1, 2, 3}, true},
		"all":          {60 * second, 120 * second, []node.ID{0, 1, 2, 3}, false},
		"all for good": {60 * second, 0, []node.ID{0, 1, 2, 3}, false},
		"too early":    {0, 120 * second, []node.ID{1}, false},
		"too short":    {60 * second, 10 * second, []node.ID{1}, false},
	} {
		s := catalogued(t, "crash")
		s.Servers, s.Origins, s.Storm = 4, 40, nil
		s.Faults = []scenarios.Fault{{
			Kind: scenarios.Crash, At: c.at, For: c.length, Hosts: c.hosts,
		}}
		require.NoError(t, s.Validate(), name)
		r := Build(s, 1, Options{}).Run()
		require.Equal(t, world.Pass, r.Verdict, "%s: %v %v", name, r.Violations, r.Sometimes)
		expected := plan(s, 1).expected().situations
		require.Equal(t, c.noticed, slices.Contains(expected, checkers.SituationDetected), name)
	}
}
