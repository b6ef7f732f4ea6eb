package plots

import (
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"
)

func TestTakeoverSaysWhatItShows(t *testing.T) {
	require.Subset(t, texts(t, takeovers()), []string{
		"Whatever happens, an origin is probed again within the bound",
		"3 runs of talk: 2,591 gaps by cause, the number of each behind its name. " +
			"None exceeded its bound.",
		"Gaps that are no longer", "gaps of the cause (%)", "Gaps that are as long or longer",
		"crash (900)", "partition (1,200)", "flapping (1)", "bound: 26 s",
		"seconds without a probe (log)",
	})
	requireLegible(t, takeovers())
}

func TestTakeoverCountsWhatExceedsItsBound(t *testing.T) {
	f := takeovers()
	f.Rows[0].GapSeconds = f.Rows[0].BoundSeconds
	require.Contains(t, f.subtitle(), "None exceeded", "the bound itself is allowed")
	f.Rows[1].GapSeconds = 27
	require.Contains(t, f.subtitle(), "1 gap exceeded the bound.")
}

func TestGapsAreSortedByCause(t *testing.T) {
	f := &Takeover{Rows: []TakeoverRow{{"b", 3, 9}, {"a", 5, 8}, {"b", 1, 7}, {"b", 2, 8}}}
	require.Equal(t, []string{"b", "a"}, f.causes())
	require.Equal(t, []float64{1, 2, 3}, f.of("b"))
	require.Equal(t, []float64{7, 8, 9}, f.bounds())
	require.Equal(t, uprights{{7, "shortest bound: 7 s"}, {9, "longest bound: 9 s"}}, f.marks(),
		"bounds that differ are marked at both ends")
	require.Equal(t, uprights{{at: 7}, {at: 9}}, f.marks().nameless())
	require.Contains(t, f.subtitle(), "The fewer servers a side has, the longer is its bound.")
	requireLegible(t, f)
}

// Names stand to the left of their lines, and there is no room for them left of the shortest gaps.
func TestNamesOfBoundsAreLegibleWhereverTheyAre(t *testing.T) {
	for _, bounds := range [][2]float64{{0.1, 0.11}, {0.1, 100}, {9, 9.1}, {99, 100}} {
		requireLegible(t, &Takeover{Rows: []TakeoverRow{
			{"crash", 1, bounds[0]}, {"crash", 50, bounds[1]}, {"crash", 0.2, bounds[1]},
		}})
	}
}

func TestACurveHasFewEnoughPoints(t *testing.T) {
	curve := steplike(10*mostPoints, func(k int) plotter.XY { return plotter.XY{X: float64(k)} })
	require.LessOrEqual(t, len(curve), mostPoints)
	require.Equal(t, plotter.XYs{{X: 0}}, steplike(1, func(int) plotter.XY { return plotter.XY{} }))
}

func TestTakeoverRefusesWhatMakesNoFigure(t *testing.T) {
	_, err := (&Takeover{}).Figure()
	require.ErrorContains(t, err, "needs at least 1 gap")
	for _, row := range []TakeoverRow{{"crash", 0, 1}, {"crash", 1, 0}, {"crash", -1, 1}} {
		_, err := (&Takeover{Rows: []TakeoverRow{row}}).Figure()
		require.ErrorContains(t, err, "crash: a gap of")
	}
}

func TestTableOfTakeovers(t *testing.T) {
	f := &Takeover{Rows: []TakeoverRow{{"crash", 1.5, 26}}}
	require.Equal(t, []string{"cause,gap_seconds,bound_seconds", "crash,1.5,26"}, table(t, f))
}
