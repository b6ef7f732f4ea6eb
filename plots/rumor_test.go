package plots

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"
)

func TestRumorSaysWhatItShows(t *testing.T) {
	require.Subset(t, texts(t, rumors()), []string{
		"What the end of a rumor leaves behind",
		"Means of 200 trials among 1,000 sites. Along each line k goes from 1 to 3. Triangles: all " +
			"were reached in every trial, so fewer than this.",
		"Sites that never hear of it", "share of the sites (log)", "0.01", "1",
		"Until the last site that hears of it does", "cycles",
		"messages with the update, per site", "5", "s = e^-m",
		"push-feedback-counter", "push-blind-coin", "pull-feedback-counter",
	})
	requireLegible(t, rumors())
}

func TestRumorOfOneKindHasNoBoundsAndOneK(t *testing.T) {
	r := rumors()
	r.Rows = r.Rows[:1]
	said := strings.Join(texts(t, r), "\n")
	require.Contains(t, said, "k = 1.")
	require.NotContains(t, said, "Triangles")
	requireLegible(t, r)
}

func TestResidueOfNoneIsABound(t *testing.T) {
	shares, bounds := residues(rumors().of("pull-feedback-counter"))
	require.Equal(t, plotter.XYs{{X: 2.7, Y: 0.0316}}, shares)
	require.Len(t, bounds, 1)
	require.InDelta(t, 1.0/200_000, bounds[0].Y, 1e-15)
	require.InDelta(t, 1e-6, rumors().least(), 1e-15)
}

func TestRowsOfAVariantAreInTheOrderOfTheirK(t *testing.T) {
	rows := rumors().of("push-feedback-counter")
	require.Equal(t, []int{1, 2, 3}, []int{rows[0].K, rows[1].K, rows[2].K})
	require.Equal(t, []string{"push-feedback-counter", "push-blind-coin", "pull-feedback-counter"},
		rumors().variants())
}

func TestRumorRefusesWhatMakesNoFigure(t *testing.T) {
	_, err := (&Rumor{}).Figure()
	require.ErrorContains(t, err, "needs at least 1 row")
	for want, spoil := range map[string]func(row *RumorRow){
		"k = 0, 1000 sites":        func(row *RumorRow) { row.K = 0 },
		"1 sites":                  func(row *RumorRow) { row.Servers = 1 },
		"0 trials":                 func(row *RumorRow) { row.Trials = 0 },
		"a residue of 1.5":         func(row *RumorRow) { row.Residue = 1.5 },
		"a residue of NaN":         func(row *RumorRow) { row.Residue = math.NaN() },
		"traffic of -1":            func(row *RumorRow) { row.Traffic = -1 },
		"and 9.78 and +Inf cycles": func(row *RumorRow) { row.LastCycles = math.Inf(1) },
	} {
		r := rumors()
		spoil(&r.Rows[0])
		_, err := r.Figure()
		require.ErrorContains(t, err, want)
	}
}

// "CSV variant,k,n,trials,residue,traffic,t_ave,t_last" is what scripts rely on.
func TestTableOfRumor(t *testing.T) {
	r := &Rumor{Rows: rumors().Rows[5:6]}
	require.Equal(t, []string{
		"variant,k,n,trials,residue,traffic,t_ave,t_last",
		"pull-feedback-counter,1,1000,200,0.0316,2.7,10.13,17.54",
	}, table(t, r))
}
