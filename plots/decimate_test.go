package plots

import (
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"
	"pgregory.net/rapid"
)

func TestDecimateLeavesShortCurvesAlone(t *testing.T) {
	points := plotter.XYs{{X: 0, Y: 1}, {X: 1, Y: 2}}
	require.Equal(t, points, decimate(points, 2))
}

func TestDecimateKeepsEverySpike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		heights := rapid.SliceOfN(rapid.IntRange(0, 9), 1, 300).Draw(t, "heights")
		most := rapid.IntRange(4, 100).Draw(t, "most")
		points := make(plotter.XYs, len(heights))
		for i, y := range heights {
			points[i] = plotter.XY{X: float64(i), Y: float64(y)}
		}
		kept := decimate(points, most)
		require.LessOrEqual(t, len(kept), most)
		require.Equal(t, points[0], kept[0])
		require.Equal(t, points[len(points)-1], kept[len(kept)-1])
		_, _, lowest, highest := plotter.XYRange(points)
		_, _, keptLowest, keptHighest := plotter.XYRange(kept)
		require.Equal(t, lowest, keptLowest)
		require.Equal(t, highest, keptHighest)
		for i := range kept[1:] {
			require.Less(t, kept[i].X, kept[i+1].X, "in the order of time, each once")
		}
		require.Subset(t, points, kept)
	})
}
