package plots

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"
)

func TestFidelitySaysWhatItShows(t *testing.T) {
	require.Subset(t, texts(t, fidelity()), []string{
		"The simulation agrees with 16 live servers", "live", "simulated", "full detection (s)",
		"medians differ by -1.2 %, D = 0.12 (0.26)", "datagrams (/s)", "100",
	})
	requireLegible(t, fidelity())
}

// One panel or many, and what does not vary at all.
func TestFidelityIsLegibleWhateverItShows(t *testing.T) {
	for _, values := range [][]float64{{0}, {10}, {1e-4, 2e-4}, {694, 694}, {0.2, 123456}} {
		requireLegible(t, &Fidelity{Title: "t", Trials: "2 trials", Rows: []FidelityRow{
			{Quantity: "call bytes", Unit: "B/s", Live: values, Simulated: values},
		}})
	}
}

func TestAxisOfFidelityShowsWhatHardlyVariesAsSuch(t *testing.T) {
	least, most := (&FidelityRow{Live: []float64{100}, Simulated: []float64{101}}).span()
	require.InDelta(t, 90.4, least, 1e-9)
	require.InDelta(t, 110.6, most, 1e-9)
	least, most = (&FidelityRow{Live: []float64{0}, Simulated: []float64{100}}).span()
	require.Equal(t, []float64{0, 104}, []float64{least, most})
}

func TestCurveOfFidelityIsAStair(t *testing.T) {
	require.Equal(t, plotter.XYs{
		{X: 0, Y: 0}, {X: 1, Y: 0}, {X: 1, Y: 50}, {X: 3, Y: 50}, {X: 3, Y: 100}, {X: 4, Y: 100},
	}, shareCurve([]float64{3, 1}, 0, 4))
	require.LessOrEqual(t, len(shareCurve(make([]float64, 5000), 0, 1)), mostPoints)
}

func TestFidelityRefusesWhatMakesNoFigure(t *testing.T) {
	_, err := (&Fidelity{}).Figure()
	require.ErrorContains(t, err, "needs at least 1 quantity")
	for _, row := range []FidelityRow{
		{Live: []float64{1}}, {Simulated: []float64{1}},
		{Live: []float64{-1}, Simulated: []float64{1}},
		{Live: []float64{1}, Simulated: []float64{math.NaN()}},
	} {
		row.Quantity = "takeover gap"
		_, err := (&Fidelity{Rows: []FidelityRow{row}}).Figure()
		require.ErrorContains(t, err, "takeover gap: ")
	}
}

func TestTableOfFidelity(t *testing.T) {
	f := &Fidelity{Rows: []FidelityRow{
		{Quantity: "calls", Unit: "/s", Live: []float64{6}, Simulated: []float64{6, 6.5}},
	}}
	require.Equal(t, []string{
		"quantity,unit,servers,value", "calls,/s,live,6", "calls,/s,simulated,6", "calls,/s,simulated,6.5",
	}, table(t, f))
}
