package spread

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/gossip"
)

// fourServers are five trials among four servers, by round.
func fourServers() (trials []Trial) {
	for _, rounds := range [][]time.Duration{
		{0, 1, 2, 2}, {0, 1, 1, 2}, {0, 1, 2, 4}, {0, 2, 3, 3}, {0, 1, 2, 3},
	} {
		trial := Trial{}
		for _, r := range rounds {
			trial.Informed = append(trial.Informed, r*Period)
		}
		trials = append(trials, trial)
	}
	return trials
}

func TestSummaryOfRounds(t *testing.T) {
	p := Plan{Mode: gossip.PullMode, Servers: 4, FanOut: 1, Timer: gossip.Aligned}
	c := Summarise(p, fourServers())
	require.Equal(t, p, c.Plan)
	require.Equal(t, 5, c.Trials)
	require.Len(t, c.Points, 5, "from 0 until all are informed in all trials")
	theory := Recurrence(p, 4)
	for round, want := range []Point{
		{Mean: 0.25, P10: 0.25, P50: 0.25, P90: 0.25},
		{Mean: (2 + 3 + 2 + 1 + 2) / 20.0, P10: 0.25, P50: 0.5, P90: 0.75},
		{Mean: (4 + 4 + 3 + 2 + 3) / 20.0, P10: 0.5, P50: 0.75, P90: 1},
		{Mean: (4 + 4 + 3 + 4 + 4) / 20.0, P10: 0.75, P50: 1, P90: 1},
		{Mean: 1, P10: 1, P50: 1, P90: 1},
	} {
		want.Time, want.Theory = float64(round), theory[round]
		require.Equal(t, want, c.Points[round])
	}
}

// One of a thousand servers is 0.001 of them, over any number of trials, and not the sum of their
// shares with what each addition rounds.
func TestMeansAreNotOffByWhatSumsAre(t *testing.T) {
	p := Plan{Servers: 1000, FanOut: 1, Timer: gossip.Aligned}
	trials := make([]Trial, 200)
	for i := range trials {
		trials[i].Informed = slices.Repeat([]time.Duration{Period}, p.Servers)
		trials[i].Informed[0] = 0
	}
	require.Equal(t, 0.001, Summarise(p, trials).Points[0].Mean)
}

func TestSummaryOfCompletion(t *testing.T) {
	c := Summarise(Plan{Servers: 4, FanOut: 1, Timer: gossip.Aligned}, fourServers()).Completion
	require.InDelta(t, (2+2+4+3+3)/5.0, c.Mean, 1e-12)
	require.InDelta(t, 0.8366600265, c.Deviation, 1e-9) // of 2, 2, 3, 3, 4, by hand: √0.7
	c.Mean, c.Deviation = 0, 0
	require.Equal(t, Completion{P50: 3, P99: 4, P999: 4, Max: 4}, c)
}

// "P99 and P999: the least that as many are not above."
func TestQuantilesAreTrials(t *testing.T) {
	samples := make([]float64, 1000)
	for i := range samples {
		samples[i] = float64(i + 1)
	}
	require.Equal(t, 500.0, quantile(samples, 500))
	require.Equal(t, 990.0, quantile(samples, 990))
	require.Equal(t, 999.0, quantile(samples, 999))
	require.Equal(t, 2.0, quantile([]float64{1, 2, 3}, 500))
	require.Equal(t, 7.0, quantile([]float64{7}, 999))
}

// Asynchronous curves have a point for each tenth of a period, and the mean field as their theory.
func TestSummaryOfPeriods(t *testing.T) {
	p := Plan{Mode: gossip.PushPullMode, Servers: 32, FanOut: 1, Timer: gossip.Phased}
	trials := run(p, 10)
	c := Summarise(p, trials)
	last := c.Points[len(c.Points)-1]
	require.Equal(t, 1.0, last.P10)
	require.GreaterOrEqual(t, last.Time, c.Completion.Max)
	require.Less(t, last.Time, c.Completion.Max+0.11)
	theory := MeanField(p, 0.1, len(c.Points))
	for i, point := range c.Points {
		require.InDelta(t, 0.1*float64(i), point.Time, 1e-9)
		require.Equal(t, theory[i], point.Theory)
	}
}

func TestOneTrialHasNoDeviation(t *testing.T) {
	c := Summarise(Plan{Servers: 4, FanOut: 1, Timer: gossip.Aligned}, fourServers()[:1])
	require.Zero(t, c.Completion.Deviation)
	require.Equal(t, 2.0, c.Completion.Mean)
}
