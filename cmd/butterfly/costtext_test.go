package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/plots"
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

// Curves that lie one on top of another are named, and no others.
func TestCostsThatAreAlikeAreNamed(t *testing.T) {
	row := func(design string, servers int, messages, idle float64) plots.CostRow {
		return plots.CostRow{Design: design, Servers: servers, MessagesPerUpdate: messages,
			IdleBytesPerNodeSecond: idle}
	}
	rows := []plots.CostRow{
		row("pull", 8, 4.4, 78), row("pull", 16, 6.3, 134),
		row("push", 8, 8.2, 78), row("push", 16, 11.5, 134.01),
		row("push-pull", 8, 7.6, 78), row("push-pull", 16, 10.8, 134),
		row("full-state", 8, 4.4, 20_832), row("full-state", 16, 6.3, 19_920),
	}
	require.Equal(t, " Pull and full state take the same messages, and pull, push and push-pull "+
		"weigh the same at rest.", costsAlike(rows))
	require.Equal(t, " Pull, push and push-pull weigh the same at rest.", costsAlike(rows[:6]))
	require.Empty(t, costsAlike(rows[:4]))
	rows[7].MessagesPerUpdate, rows[5].IdleBytesPerNodeSecond = 6.4, 135
	require.Empty(t, costsAlike(rows))
}
