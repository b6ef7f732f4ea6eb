package plots

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"
)

func TestFalsePositivesSayWhatTheyShow(t *testing.T) {
	require.Subset(t, texts(t, falsePositives()), []string{
		"Each further helper makes a false suspicion rarer by a factor",
		"False suspicions per probe of a server that is up", "packets lost (%)",
		"share of the probes (log)", "k = 0", "k = 5", "0", "30", "0.00001", "1",
		"formula", "measured", "none seen",
	})
	requireLegible(t, falsePositives())
}

func TestFalsePositivesExplainBoundsWhereThereAreAny(t *testing.T) {
	rows := falsePositives()
	require.Contains(t, rows.subtitle(), "Triangles: none in all probes, so fewer than this.")
	rows.Rows = rows.of(0)
	require.NotContains(t, rows.subtitle(), "Triangles")
	require.NotContains(t, texts(t, rows), "none seen")
}

// Zero on a logarithmic axis is an error; here it has no place but its upper bound, and what was
// not measured has none at all.
func TestNoneSeenIsABound(t *testing.T) {
	rows := &FalsePositives{Rows: []FalsePositiveRow{
		{LossPercent: 0, K: 1},
		{LossPercent: 10, K: 1, Measured: 0.2, Low: 0.1, High: 0.3},
		{LossPercent: 5, K: 1, High: 0.02},
		{LossPercent: 3, K: 1, Formula: 0.01},
	}}
	seen, bounds := rows.seen(1)
	require.Equal(t, []reading{{10, 0.2, 0.1, 0.3}}, seen)
	require.Equal(t, plotter.XYs{{X: 5, Y: 0.02}}, bounds)
	require.Equal(t, plotter.XYs{{X: 3, Y: 0.01}}, rows.formula(1))
	require.Equal(t, 0.01, rows.least())
	requireLegible(t, rows)
}

func TestEqualBoundsStandSideBySide(t *testing.T) {
	rows := &FalsePositives{Rows: []FalsePositiveRow{
		{LossPercent: 9, K: 3, High: 0.01}, {LossPercent: 9, K: 4, High: 0.01},
		{LossPercent: 9, K: 5, High: 0.01}, {LossPercent: 5, K: 4, High: 0.01},
	}}
	require.Zero(t, rows.aside(&rows.Rows[3]))
	require.Zero(t, rows.aside(&rows.Rows[1]))
	right := rows.aside(&rows.Rows[2])
	require.Equal(t, -right, rows.aside(&rows.Rows[0]))
	require.InDelta(t, besideBound, right/9*float64(comparisonDataWidth), 1e-9)
}

func TestFalsePositivesRefuseWhatMakesNoFigure(t *testing.T) {
	for want, row := range map[string]FalsePositiveRow{
		"needs a row with loss":                {LossPercent: 0, K: 1, Formula: 0.1},
		"there is no loss of 101 % with k = 1": {LossPercent: 101, K: 1},
		"there is no loss of NaN % with k = 1": {LossPercent: math.NaN(), K: 1},
		"there is no loss of 5 % with k = -1":  {LossPercent: 5, K: -1},
		"0.2 to 0.3 is no interval around a share of 0.1": {
			LossPercent: 5, Measured: 0.1, Low: 0.2, High: 0.3,
		},
		"0 to 0 is no interval around a share of 0.1": {LossPercent: 5, Measured: 0.1},
		"0 to 2 is no interval":                       {LossPercent: 5, High: 2},
		"the formula gives no share, but -1":          {LossPercent: 5, Formula: -1},
	} {
		_, err := (&FalsePositives{Rows: []FalsePositiveRow{row}}).Figure()
		require.ErrorContains(t, err, want)
	}
	_, err := (&FalsePositives{}).Figure()
	require.ErrorContains(t, err, "needs a row with loss")
}

func TestTableOfFalsePositivesLeavesOutWhatWasNotMeasured(t *testing.T) {
	rows := &FalsePositives{Rows: []FalsePositiveRow{
		{LossPercent: 5, K: 3, Measured: 0.00068, Low: 0.0005, High: 0.0009, Formula: 0.00062},
		{LossPercent: 6, K: 3, High: 0.001, Formula: 0.001},
		{LossPercent: 7, K: 3, Formula: 0.002},
	}}
	require.Equal(t, []string{
		"loss_percent,k,measured_share,low_99_share,high_99_share,formula_share",
		"5,3,0.00068,0.0005,0.0009,0.00062",
		"6,3,0,0,0.001,0.001",
		"7,3,,,,0.002",
	}, table(t, rows))
	require.False(t, strings.Contains(table(t, rows)[1], "e"), "no exponents")
}
