package plots

import (
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"
)

func TestDisagreementSaysWhatItShows(t *testing.T) {
	require.Subset(t, texts(t, disagreements()), []string{
		"Two views disagree as much as they differ", "share of the origins", "0", "0.2", "1",
		"Origins that belong to different servers in the two views",
		"1 - Jaccard similarity of the two views", "1 - similarity", "rendezvous", "modulo",
	})
	requireLegible(t, disagreements())
}

func TestDisagreementTakesRowsInAnyOrder(t *testing.T) {
	d := &Disagreement{Rows: []DisagreementRow{
		{"b", 0.9, 100, 90}, {"a", 1, 100, 100}, {"b", 0, 100, 0},
	}}
	require.Equal(t, []string{"b", "a"}, d.placements())
	require.Equal(t, plotter.XYs{{X: 0, Y: 0}, {X: 0.9, Y: 0.9}}, d.of("b"))
	requireLegible(t, d)
}

func TestDisagreementRefusesWhatMakesNoFigure(t *testing.T) {
	_, err := (&Disagreement{}).Figure()
	require.ErrorContains(t, err, "needs at least 1 row")
	for _, row := range []DisagreementRow{
		{"ring", 0.5, 0, 0}, {"ring", 0.5, 9, 10}, {"ring", 0.5, 9, -1}, {"ring", 1.1, 9, 9},
		{"ring", -0.1, 9, 9},
	} {
		_, err := (&Disagreement{Rows: []DisagreementRow{row}}).Figure()
		require.ErrorContains(t, err, "ring: ")
	}
}

func TestTableOfDisagreement(t *testing.T) {
	d := &Disagreement{Rows: []DisagreementRow{{"modulo", 0.25, 1000, 990}}}
	require.Equal(t, []string{
		"placement,jaccard_distance,origins,differing,differing_share", "modulo,0.25,1000,990,0.99",
	}, table(t, d))
}
