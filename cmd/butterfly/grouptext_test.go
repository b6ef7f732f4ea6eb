package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

// The first sentence about a run of SWIM alone says what came of it.
func TestFindings(t *testing.T) {
	seen := map[string]string{}
	for _, s := range scenarios.Groups() {
		require.NoError(t, s.Set("servers=16"))
		result := stage.Build(s, 1, stage.Options{}).Run()
		seen[s.Name] = finding(result.Metrics)
	}
	require.Empty(t, seen["swim-mass-restart"], "it is about promises")
	require.Contains(t, seen["swim-crash"], "a crash was noticed after ")
	require.Contains(t, seen["swim-loss"], " % of the probes failed by mistake")
	require.Contains(t, seen["swim-slow"], "healthy servers were taken for dead 0 times, slow ones ")
	require.Contains(t, seen["swim-partition"], "the group was whole again ")
	require.Contains(t, seen["swim-update"], "the update reached everybody within ")
	require.Contains(t, seen["swim-join"], "the group ends with ")
}

func TestFindingsThatAreNoGoodNews(t *testing.T) {
	for want, metrics := range map[string]map[string]float64{
		"2 times a crashed server was back, or the run over, before everybody had noticed": {
			"undetected_crashes": 2, "full_detection_seconds": 3,
		},
		"the group was not whole within 5 minutes of the cut": {"healed": 0},
		"the update missed 3 servers":                         {"missed": 3, "t50_seconds": 1},
	} {
		require.Equal(t, want, finding(metrics))
	}
}

// Figures that nobody measured are not shown, and those of a cluster have their own place.
func TestOnlyWhatWasMeasuredIsShown(t *testing.T) {
	p := &played{observed: observed{result: &world.Result{Metrics: map[string]float64{
		"heal_seconds": 1.5, "false_deaths": 1234,
	}}}}
	s := &sheet{}
	s.measured(p)
	require.Empty(t, s.String())
	p.scenario.Group = &scenarios.Group{}
	s.measured(p)
	require.Equal(t, "measured        1.50 s  from the end of the cut until the group was whole\n"+
		"                 1,234  times a live and healthy server was taken for dead\n", s.String())
}
