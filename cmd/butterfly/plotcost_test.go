package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/plots"
	"butterfly/scenarios/spread"
	"butterfly/sim/rng"
)

func TestCostsAreComparedAtTheMostServers(t *testing.T) {
	rows := []plots.CostRow{
		{Design: "pull", Servers: 64, BytesPerUpdate: 5143.5},
		{Design: "multicast", Servers: 64, BytesPerUpdate: 94419},
		{Design: "push", Servers: 64, BytesPerUpdate: 9126},
		{Design: "push", Servers: 8, BytesPerUpdate: 1},
	}
	require.Equal(t, "an update among 64 servers takes 5.1 kB by pull, 94.4 kB by multicast",
		costFinding(rows))
	require.Equal(t, "an update among 64 servers takes 5.1 kB by pull", costFinding(rows[:1]))
	require.Equal(t, "multicast", rows[1].Design, "the rows stay as they are")
}

func TestCostIsTheMeanOfTheTrials(t *testing.T) {
	plan := costPlan{spread.FullState, spread.Load{Servers: 8, Changes: rng.Percent(1)}}
	require.Equal(t, plots.CostRow{
		Design: "full-state", Servers: 8,
		MessagesPerUpdate: 2, BytesPerUpdate: 30, IdleBytesPerNodeSecond: 400,
	}, costRow(plan, []spread.Cost{
		{MessagesPerUpdate: 1, BytesPerUpdate: 20, IdleBytesPerNodeSecond: 300},
		{MessagesPerUpdate: 3, BytesPerUpdate: 40, IdleBytesPerNodeSecond: 500},
	}))
}
