package scenarios_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

// Rates keep their place in the storm, and listed faults theirs before, in and after it.
func TestPhasesMoveAllThatGoesWrong(t *testing.T) {
	s := stormy(5, scenarios.Storm{From: seconds(60), To: seconds(300)})
	s.Rates = []scenarios.Rate{
		{Kind: scenarios.Loss, Every: seconds(60), From: seconds(100), To: seconds(300)},
		{Kind: scenarios.Loss, Every: seconds(60), From: seconds(100), To: seconds(200)},
	}
	s.Faults = []scenarios.Fault{away(scenarios.Crash, 70, 80, 0)}
	original := s
	require.NoError(t, s.Set("start=90s"))
	require.NoError(t, s.Set("storm=5m"))
	require.NoError(t, s.Set("settle=2m"))
	require.NoError(t, s.Validate())
	require.Equal(t, []scenarios.Rate{
		{Kind: scenarios.Loss, Every: seconds(60), From: seconds(130), To: seconds(390)},
		{Kind: scenarios.Loss, Every: seconds(60), From: seconds(130), To: seconds(230)},
	}, s.Rates)
	require.Equal(t, []scenarios.Fault{away(scenarios.Crash, 100, 110, 0)}, s.Faults)
	require.Equal(t, seconds(510), s.Duration)
	require.Equal(t, seconds(60), original.Storm.From, "scenarios are values")
	require.Equal(t, seconds(100), original.Rates[0].From)
	require.Equal(t, seconds(70), original.Faults[0].At)
}

func TestPhasesNeedSomethingToBeBetween(t *testing.T) {
	s, _ := scenarios.Find("calm")
	require.EqualError(t, s.Set("settle=5m"), "-set settle=5m: the scenario calm has no storm and no rates")
	s, _ = scenarios.Find("talk")
	require.ErrorContains(t, s.Set("storm=soon"), `"soon", expected a time from 0s to 168h0m0s`)
}
