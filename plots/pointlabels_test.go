package plots

import (
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"
)

func TestLabelsStandRightOfTheirPointsIfTheyCan(t *testing.T) {
	s := roomy()
	box := s.best(vg.Point{X: 50, Y: 50}, vg.Point{X: 20, Y: 8})
	require.Equal(t, vg.Rectangle{Min: vg.Point{X: 55, Y: 46}, Max: vg.Point{X: 75, Y: 54}}, box)
	s.dots = []vg.Point{{X: 60, Y: 50}}
	box = s.best(vg.Point{X: 50, Y: 50}, vg.Point{X: 20, Y: 8})
	require.Equal(t, vg.Rectangle{Min: vg.Point{X: 25, Y: 46}, Max: vg.Point{X: 45, Y: 54}}, box)
}

func roomy() surroundings {
	return surroundings{edge: vg.Rectangle{Max: vg.Point{X: 400, Y: 150}}}
}

// Four labels, as many as there are presets and one more, wherever their points are.
func TestLabelsOfPointsKeepClearOfEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, size := roomy(), vg.Point{X: 30, Y: 9}
		for range 4 {
			s.points = append(s.points, vg.Point{
				X: vg.Length(rapid.IntRange(0, 400).Draw(t, "x")),
				Y: vg.Length(rapid.IntRange(0, 150).Draw(t, "y")),
			})
		}
		for _, p := range s.points {
			box := s.best(p, size)
			require.True(t, within(box, s.edge))
			for _, other := range s.labels {
				require.False(t, overlap(box, other))
			}
			s.labels = append(s.labels, box)
		}
	})
}
