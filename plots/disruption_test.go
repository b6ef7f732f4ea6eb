package plots

import (
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"
)

func TestDisruptionSaysWhatItShows(t *testing.T) {
	require.Subset(t, texts(t, disruptions()), []string{
		"Modulo moves nearly everything, rendezvous what it must", "Origins that change their server",
		"share of the origins (log)", "servers before one more joins (log)", "4", "256",
		"rendezvous", "hash ring", "modulo", "1 / (n + 1)", "0.01",
	})
	requireLegible(t, disruptions())
}

func TestDisruptionTakesRowsInAnyOrder(t *testing.T) {
	d := &Disruption{Rows: []DisruptionRow{{"b", 9, 100, 10}, {"a", 4, 100, 80}, {"b", 1, 100, 50}}}
	require.Equal(t, []string{"b", "a"}, d.placements())
	require.Equal(t, plotter.XYs{{X: 1, Y: 0.5}, {X: 9, Y: 0.1}}, d.of("b"))
	require.Equal(t, plotter.XYs{{X: 1, Y: 0.5}, {X: 4, Y: 0.2}}, leastMoves([]float64{1, 4}))
	requireLegible(t, d)
}

func TestDisruptionRefusesWhatMakesNoFigure(t *testing.T) {
	_, err := (&Disruption{}).Figure()
	require.ErrorContains(t, err, "needs at least 1 row")
	for _, row := range []DisruptionRow{{"ring", 0, 9, 1}, {"ring", 4, 9, 10}, {"ring", 4, 9, 0}} {
		_, err := (&Disruption{Rows: []DisruptionRow{row}}).Figure()
		require.ErrorContains(t, err, "ring: ")
	}
}

func TestTableOfDisruption(t *testing.T) {
	d := &Disruption{Rows: []DisruptionRow{{"modulo", 3, 1000, 750}}}
	require.Equal(t, []string{
		"placement,n,origins,moved,moved_share,least_share", "modulo,3,1000,750,0.75,0.25",
	}, table(t, d))
}
