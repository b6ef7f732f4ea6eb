package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/rivals/hashring"
)

func TestShiftsGoFromNoneToAll(t *testing.T) {
	require.Equal(t, []int{0, 3, 7, 11, 16, 21, 27, 34, 43, 52, 64}, shifts(64))
	require.Equal(t, []int{0, 1, 2}, shifts(2))
}

// "Ownership disagreement between two views equals 1 - Jaccard similarity."
func TestDisagreementHasARowForEachShift(t *testing.T) {
	d, finding := disagreementFigure(
		[]hashring.Scheme{hashring.Rendezvous, hashring.Modulo}, 8, 2000)
	require.Len(t, d.Rows, 2*len(shifts(8)))
	for _, row := range d.Rows[:len(shifts(8))] {
		require.Equal(t, "rendezvous", row.Placement)
		share := float64(row.Differing) / float64(row.Origins)
		require.InDelta(t, row.Distance, share, 0.045, "4 standard deviations of 2,000, or more")
	}
	require.Regexp(t, `^ownership disagreement of two views is 1 - their Jaccard similarity `+
		`to within [0-9.]+ % \(rendezvous\), [0-9.]+ % \(modulo\)$`, finding)
}
