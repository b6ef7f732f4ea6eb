package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/rivals/hashring"
)

func TestEveryPlacementHasAName(t *testing.T) {
	require.Len(t, placementNames(), len(hashring.Schemes()))
	for i, s := range hashring.Schemes() {
		name := placementNames()[i]
		require.Equal(t, s == hashring.Rendezvous, name == "rendezvous")
		require.Equal(t, s == hashring.SinglePoint, name == "single-point-ring")
	}
}

func TestBalanceHasARowForEachServer(t *testing.T) {
	b, finding := balanceFigure([]hashring.Scheme{hashring.Rendezvous, hashring.Modulo}, 8, 1000)
	require.Len(t, b.Rows, 16)
	total := 0
	for _, row := range b.Rows[:8] {
		require.Equal(t, "rendezvous", row.Placement)
		total += row.Origins
	}
	require.Equal(t, 1000, total)
	require.Regexp(t, `^the most loaded of 8 servers has 1\.\d+ \(rendezvous\), 1\.\d+ \(modulo\) `+
		`times the mean$`, finding)
}

func TestDisruptionHasARowForEachSize(t *testing.T) {
	d, finding := disruptionFigure(
		[]hashring.Scheme{hashring.Rendezvous, hashring.Modulo}, []int{3, 9}, 1000)
	require.Len(t, d.Rows, 4)
	require.Equal(t, []int{3, 9, 3, 9},
		[]int{d.Rows[0].Servers, d.Rows[1].Servers, d.Rows[2].Servers, d.Rows[3].Servers})
	require.InDelta(t, 100, d.Rows[1].Moved, 30, "one of ten, give or take 3 standard deviations")
	require.Regexp(t, `^when one more joins 9 servers, so many origins move: `+
		`[0-9.]+ % \(rendezvous\), [0-9.]+ % \(modulo\); its share is 10 %$`, finding)
}
