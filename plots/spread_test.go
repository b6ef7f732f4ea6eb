package plots

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"
)

func TestSpreadSaysWhatItShows(t *testing.T) {
	require.Subset(t, texts(t, spreadOf(1000)), []string{
		"Push is fast first, pull at the end",
		"One of 1,000 servers writes. The lines are medians of 200 trials, the bands hold the middle " +
			"80 % of them. Dashed: what theory expects.", "1% of the contacts fail.",
		"Servers that have it", "servers (%)", "0", "100",
		"Servers that still wait for it", "share (log)", "0.001", "1",
		"rounds since the write", "20", "push", "pull", "push-pull", "theory",
	})
	requireLegible(t, spreadOf(1000))
}

func TestSpreadWithoutTheorySpeaksOfNone(t *testing.T) {
	s := spreadOf(64)
	for i := range s.Curves {
		for k := range s.Curves[i].Points {
			s.Curves[i].Points[k].Theory = 0
		}
	}
	require.NotContains(t, strings.Join(texts(t, s), "\n"), "theory")
	requireLegible(t, s)
}

// A curve of what still waits ends with the first point below the panel; 0 has no place there.
func TestWaitingEndsWhereItLeavesThePanel(t *testing.T) {
	c := &SpreadCurve{Points: []SpreadPoint{
		{Round: 0, Mean: 0.25}, {Round: 1, Mean: 0.5, Theory: 0.75},
		{Round: 2, Mean: 1}, {Round: 3, Mean: 1},
	}}
	require.Equal(t, plotter.XYs{{X: 0, Y: 0.75}, {X: 1, Y: 0.5}, {X: 2, Y: 0.001}},
		c.waiting(0.01, func(p *SpreadPoint) float64 { return p.Mean }))
	require.Equal(t, plotter.XYs{{X: 1, Y: 0.25}},
		c.waiting(0.01, func(p *SpreadPoint) float64 { return p.Theory }))
}

func TestMarksAlongACurveAreFew(t *testing.T) {
	points := make(plotter.XYs, 1000)
	require.Len(t, sparse(points), 30)
	require.Len(t, sparse(points[:30]), 30)
	require.Len(t, sparse(points[:31]), 16)
	require.Empty(t, sparse(nil))
}

func TestSpreadRefusesWhatMakesNoFigure(t *testing.T) {
	_, err := (&Spread{}).Figure()
	require.ErrorContains(t, err, "needs at least 1 curve")
	for want, spoil := range map[string]func(c *SpreadCurve){
		"push: 1 servers and 200 trials": func(c *SpreadCurve) { c.Servers = 1 },
		"1000 servers and 0 trials":      func(c *SpreadCurve) { c.Trials = 0 },
		"at least 2 moments, not 1":      func(c *SpreadCurve) { c.Points = c.Points[:1] },
		"moment 1 is out of order":       func(c *SpreadCurve) { c.Points[2].Round = 1 },
		"moment NaN is out of order":     func(c *SpreadCurve) { c.Points[2].Round = math.NaN() },
		"moment 3: 0.9, ":                func(c *SpreadCurve) { c.Points[3].P10 = 0.9 },
		"a mean of 2":                    func(c *SpreadCurve) { c.Points[3].Mean = 2 },
		"theory gives no share, but NaN": func(c *SpreadCurve) { c.Points[3].Theory = math.NaN() },
	} {
		s := spreadOf(1000)
		spoil(&s.Curves[0])
		_, err := s.Figure()
		require.ErrorContains(t, err, want)
	}
}

// "CSV columns exactly mode,n,round,mean,p10,p50,p90,theory" is what scripts rely on.
func TestTableOfSpread(t *testing.T) {
	s := &Spread{Curves: []SpreadCurve{{Mode: "push-pull", Servers: 64, Points: []SpreadPoint{
		{0, 0.015625, 0.015625, 0.015625, 0.015625, 0.015625},
		{0.5, 0.5, 0.25, 0.5, 0.75, 0},
	}}}}
	require.Equal(t, []string{
		"mode,n,round,mean,p10,p50,p90,theory",
		"push-pull,64,0,0.015625,0.015625,0.015625,0.015625,0.015625",
		"push-pull,64,0.5,0.5,0.25,0.5,0.75,",
	}, table(t, s))
}
