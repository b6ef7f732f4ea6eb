package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/plots"
	"butterfly/scenarios/spread"
	"butterfly/sim/rng"
)

func TestCostIsTheMeanOfTheTrials(t *testing.T) {
	plan := costPlan{spread.FullState, spread.Load{Servers: 8, Changes: rng.Percent(1)}}
	require.Equal(t, plots.CostRow{
		Design: "full-state", Servers: 8,
		MessagesPerUpdate: 2, BytesPerUpdate: 30, BytesPerNodeSecond: 600, IdleBytesPerNodeSecond: 400,
	}, costRow(plan, []spread.Cost{
		{MessagesPerUpdate: 1, BytesPerUpdate: 20, BytesPerNodeSecond: 500, IdleBytesPerNodeSecond: 300},
		{MessagesPerUpdate: 3, BytesPerUpdate: 40, BytesPerNodeSecond: 700, IdleBytesPerNodeSecond: 500},
	}))
}
