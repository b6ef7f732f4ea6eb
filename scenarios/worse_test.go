package scenarios_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

func TestWorseThanNamesWhatIsWorse(t *testing.T) {
	s := scenarios.Scenario{
		LossPPM: rng.Percent(10),
		Latency: scenarios.Latency{
			Latency: netmodel.Uniform(time.Millisecond, 20*time.Millisecond),
		},
	}
	require.Empty(t, s.WorseThan(rng.Percent(10), 21*time.Millisecond))
	require.Equal(t, "the promises are made for a steady loss of up to 9%, this is 10%",
		s.WorseThan(rng.Percent(9), time.Second))
	require.Contains(t, s.WorseThan(rng.Percent(10), 10*time.Millisecond),
		"the promises are made for one-way delays below 10ms, this is ")
	s.Schedule = &scenarios.Schedule{Depth: 1, Hold: scenarios.Span(30 * time.Millisecond)}
	require.Empty(t, s.WorseThan(rng.Percent(10), 50*time.Millisecond))
	require.Equal(t, "the promises are made for one-way delays below 31ms, "+
		"this is 1ms..20ms, and up to 30ms by the schedule",
		s.WorseThan(rng.Percent(10), 31*time.Millisecond))
}
