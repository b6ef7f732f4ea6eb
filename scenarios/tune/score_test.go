package tune

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/world"
)

func metrics(of map[string]float64) *world.Result { return &world.Result{Metrics: of} }

func TestAScoreIsTheMean(t *testing.T) {
	s := crash(t, "servers=17") // of which 2 stall
	c := Candidates(&s)[0]
	var score Score
	for _, seconds := range []float64{4, 8} {
		score.AddCrash(metrics(map[string]float64{
			"full_detection_seconds": seconds, "bytes_per_node_second": 10 * seconds,
		}))
	}
	score.AddStall(&c, metrics(map[string]float64{"deaths_of_slow": 16, "false_deaths": 16}))
	score.AddStall(&c, metrics(map[string]float64{"deaths_of_slow": 0, "false_deaths": 0}))
	require.Zero(t, score.Missed())
	// One of the 16 others saw a slow server die and another that was well, in 4 stalls.
	want := Figures{DetectionSeconds: 6, FalseDeaths: 50, BytesPerNodeSecond: 60}
	require.Equal(t, want, score.Figures())
}

func TestACrashThatNotAllNoticedIsMissed(t *testing.T) {
	var score Score
	score.AddCrash(metrics(map[string]float64{"undetected_crashes": 1}))
	score.AddCrash(metrics(map[string]float64{"undetected_crashes": 0, "full_detection_seconds": 8}))
	require.Equal(t, 1, score.Missed())
}
