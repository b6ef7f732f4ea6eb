package plots

import "gonum.org/v1/plot/plotter"

// mostPoints is how many points a curve may have.
const mostPoints = 2_000

// decimate keeps at most that many points, which must be 4 or more: of each stretch of points the
// lowest and the highest, and the first and the last of all.
func decimate(points plotter.XYs, most int) plotter.XYs {
	if len(points) <= most {
		return points
	}
	stretches := (most - 2) / 2
	kept := plotter.XYs{points[0]}
	inner := points[1 : len(points)-1]
	for k := range stretches {
		kept = appendExtremes(kept, inner[k*len(inner)/stretches:(k+1)*len(inner)/stretches])
	}
	return append(kept, points[len(points)-1])
}

// appendExtremes appends the lowest and the highest point of a stretch, in their order.
func appendExtremes(kept, stretch plotter.XYs) plotter.XYs {
	if len(stretch) == 0 {
		return kept
	}
	lowest, highest := 0, 0
	for i, p := range stretch {
		if p.Y < stretch[lowest].Y {
			lowest = i
		}
		if p.Y > stretch[highest].Y {
			highest = i
		}
	}
	first, second := min(lowest, highest), max(lowest, highest)
	if first == second {
		return append(kept, stretch[first])
	}
	return append(kept, stretch[first], stretch[second])
}
