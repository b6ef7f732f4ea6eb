package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/gossip"
	"butterfly/scenarios/spread"
	"butterfly/sim/rng"
)

// pullCurve is what 4 trials of pull might have shown.
func pullCurve() spread.Curve {
	return spread.Curve{
		Plan:   spread.Plan{Mode: gossip.PullMode, Servers: 64, FanOut: 1, Timer: gossip.Aligned},
		Trials: 4,
		Points: []spread.Point{
			{Time: 0, Mean: 0.01, P10: 0.01, P50: 0.01, P90: 0.01, Theory: 0.01},
			{Time: 1, Mean: 1, P10: 1, P50: 1, P90: 1},
		},
		Completion: spread.Completion{
			Mean: 8.96, Deviation: 1.37, P50: 9, P99: 13, P999: 15, Max: 16,
		},
	}
}

func TestSpreadIsToldModeByMode(t *testing.T) {
	pull, push := pullCurve(), pullCurve()
	push.Plan.Mode, push.Completion.Mean = gossip.PushMode, 11.16
	a := &app{program: "butterfly"}
	require.Equal(t, `
a.svg shows 8 trials: on average all 64 servers have a write after 9.0 rounds of pull, 11.2 of push.

pull         8.96 rounds, sd 1.37, median 9, 99 % of the trials within 13, all within 16
push         11.16 rounds, sd 1.37, median 9, 99 % of the trials within 13, all within 16
next         butterfly plot spread -n 64 -timer periodic
`, "\n"+a.spreadSheet("a.svg", []spread.Curve{pull, push}))
}

func TestTheOtherTimerHasOnlyTheLatencyItCanHave(t *testing.T) {
	p := spread.Plan{Servers: 8, FanOut: 2, Loss: rng.Percent(10), Latency: rng.Percent(25)}
	require.Equal(t, "-n 8 -timer periodic -loss 10% -fanout 2 -latency 25%", spreadArguments(&p))
	require.Equal(t, "-n 8 -timer sync -loss 10% -fanout 2", spreadArguments(otherTimer(p)))
	require.Equal(t, "Rounds begin at phases of their own. A round contacts 2 peers. 10% of the "+
		"contacts fail. A message travels for 25% of a period.", spreadConditions(&p))
}

// What theory does not know, 0, stays so, and the figure takes it.
func TestSpreadIsDrawnAsSummedUp(t *testing.T) {
	s := spreadFigure([]spread.Curve{pullCurve()})
	require.Equal(t, "On average all 64 servers have a write after 9.0 rounds of pull", s.Title)
	var table strings.Builder
	require.NoError(t, s.WriteCSV(&table))
	require.Equal(t, "mode,n,round,mean,p10,p50,p90,theory\n"+
		"pull,64,0,0.01,0.01,0.01,0.01,0.01\npull,64,1,1,1,1,1,\n", table.String())
	_, err := s.Figure()
	require.NoError(t, err)
}
