package plots

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"
	"pgregory.net/rapid"
)

func TestParetoSaysWhatItShows(t *testing.T) {
	require.Subset(t, texts(t, pareto()), []string{
		"What faster detection costs", "Bytes that each node sends in a second", "bytes/s (log)",
		"Nodes held for dead that were not, per 1,000 node hours", "false deaths (log)",
		"detection time (s, log)", "lan", "wan", "local", "dominated", "on the front", "0",
		"dominated preset",
	})
	requireLegible(t, pareto())
}

func TestParetoCountsItsFront(t *testing.T) {
	rows := &Pareto{Rows: []ParetoRow{
		{Label: "lan", Preset: true, Front: true, DetectionSeconds: 1, BytesPerNodeSecond: 1},
		{DetectionSeconds: 1, BytesPerNodeSecond: 2},
	}}
	require.Contains(t, rows.subtitle(), "2 choices, 1 of them on the front")
	require.Contains(t, texts(t, rows), "preset on the front")
	require.Contains(t, texts(t, rows), "Nodes held for dead that were not")
	requireLegible(t, rows)
}

func TestPresetsAreLegibleWhereverTheyAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := pareto()
		rows.Rows = rows.Rows[len(rows.Rows)-20:]
		for i := range 3 {
			preset := &rows.Rows[len(rows.Rows)-1-i]
			preset.DetectionSeconds = rapid.Float64Range(0.5, 50).Draw(t, "s")
			preset.BytesPerNodeSecond = rapid.Float64Range(20, 900).Draw(t, "bytes/s")
			preset.FalseDeaths = rapid.Float64Range(0, 9).Draw(t, "deaths")
		}
		requireLegible(t, rows)
	})
}

// "a front of three figures is none of two, but the best of it is"
func TestStepsOnlyGoDown(t *testing.T) {
	require.Equal(t, plotter.XYs{{X: 1, Y: 9}, {X: 2, Y: 4}, {X: 5, Y: 0}}, lowering(plotter.XYs{
		{X: 5, Y: 0}, {X: 3, Y: 4}, {X: 2, Y: 4}, {X: 1, Y: 9}, {X: 4, Y: 8}, {X: 2, Y: 6},
	}))
	require.Empty(t, lowering(nil))
}

func TestFewestFalseDeathsStandClearOfNone(t *testing.T) {
	rows := &Pareto{Rows: []ParetoRow{{FalseDeaths: 0}, {FalseDeaths: 0.03}, {FalseDeaths: 400}}}
	require.InEpsilon(t, 0.01, float64(rows.deathUnit()), 1e-12)
	rows.Rows[1].FalseDeaths = 1e-20
	require.InEpsilon(t, 0.0001, float64(rows.deathUnit()), 1e-12)
	rows.Rows = rows.Rows[:1]
	require.Equal(t, countScale(1), rows.deathUnit())
}

func TestParetoRefusesWhatMakesNoFigure(t *testing.T) {
	_, err := (&Pareto{}).Figure()
	require.ErrorContains(t, err, "needs at least 1 row")
	for _, row := range []ParetoRow{
		{Label: "x", BytesPerNodeSecond: 1},
		{Label: "x", DetectionSeconds: 1},
		{Label: "x", DetectionSeconds: math.NaN(), BytesPerNodeSecond: 1},
		{Label: "x", DetectionSeconds: 1, BytesPerNodeSecond: 1, FalseDeaths: -1},
	} {
		_, err := (&Pareto{Rows: []ParetoRow{row}}).Figure()
		require.ErrorContains(t, err, `"x": `)
	}
}

func TestTableOfChoicesHasOneLineARow(t *testing.T) {
	rows := &Pareto{Rows: []ParetoRow{{"lan", true, 9.5, 0.25, 120, true}, {Label: "interval=1s k=3"}}}
	require.Equal(t, []string{
		"choice,preset,front,detection_seconds,false_deaths,bytes_per_node_second",
		"lan,true,true,9.5,0.25,120",
		"interval=1s k=3,false,false,0,0,0",
	}, table(t, rows))
}
