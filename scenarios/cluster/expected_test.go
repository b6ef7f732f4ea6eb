package cluster

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// "what the plan cannot fail to bring about": a crash before the group has formed, or of everybody at
// once, leaves nobody to notice it, and a run with such a crash proves no less for it.
func TestOnlyCrashesWithAWitnessAreExpectedToBeNoticed(t *testing.T) {
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

// Whoever owns nothing is taken over from by nobody: a takeover is expected only where so many origins are
// there from the start to the end that each server owns some.
func TestATakeoverIsExpectedOnlyWhereEachServerOwnsOrigins(t *testing.T) {
	crash := scenarios.Fault{Kind: scenarios.Crash, At: 60 * second, For: 120 * second, Hosts: []node.ID{1}}
	remove := func(origins ...uint32) scenarios.Fault {
		return scenarios.Fault{
			Kind: scenarios.Unregister, At: 30 * second, Hosts: []node.ID{0}, Origins: origins,
		}
	}
	for name, c := range map[string]struct {
		unregistered int // from the start
		faults       []scenarios.Fault
		expected     bool
	}{
		"all are there":                    {0, []scenarios.Fault{crash}, true},
		"as many as it takes":              {1, []scenarios.Fault{crash}, true},
		"too few from the start":           {2, []scenarios.Fault{crash}, false},
		"one is removed":                   {0, []scenarios.Fault{remove(3), crash}, true},
		"one is removed twice":             {0, []scenarios.Fault{remove(3), crash, remove(3)}, true},
		"two are removed":                  {0, []scenarios.Fault{remove(3, 4), crash}, false},
		"one that was not there is":        {1, []scenarios.Fault{remove(40), crash}, true},
		"nobody crashes":                   {0, nil, false},
		"two are removed, after the crash": {0, []scenarios.Fault{crash, remove(3), remove(4)}, false},
	} {
		s := catalogued(t, "crash")
		s.Servers, s.Origins, s.Unregistered, s.Storm, s.Faults = 4, 41, c.unregistered, nil, c.faults
		require.NoError(t, s.Validate(), name)
		expected := plan(s, 1).expected().situations
		require.Equal(t, c.expected, slices.Contains(expected, checkers.SituationTakeover), name)
	}
}
