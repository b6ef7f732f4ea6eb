package plots

import (
	"fmt"
	"math"

	"gonum.org/v1/plot/plotter"
)

// shares shows the distribution of the gaps of each cause.
func (t *Takeover) shares() *panel {
	p := newPanel("Gaps that are no longer", shareHeight)
	p.unit = "gaps of the cause (%)"
	p.plot.Add(backdrop{}, rules{})
	for i, cause := range t.causes() {
		gaps := t.of(cause)
		curve := steplike(len(gaps), func(k int) plotter.XY {
			return plotter.XY{X: gaps[k], Y: 100 * float64(k+1) / float64(len(gaps))}
		})
		name := fmt.Sprintf("%s (%s)", cause, label(float64(len(gaps))))
		p.add(name, t.look(i).stepped(curve)...)
	}
	bounds := t.marks()
	p.plot.Add(bounds)
	p.plot.Y.Min, p.plot.Y.Max, p.plot.Y.Tick.Marker = 0, percentRoom, steps(percentTicks)
	p.plot.Y.Max /= 1 - float64(bounds.nameRoom()/shareHeight)
	return p
}

// tail shows how many gaps of each cause are at least how long.
func (t *Takeover) tail() *panel {
	p := newPanel("Gaps that are as long or longer", tailHeight)
	p.unit = "gaps (log)"
	p.plot.Add(backdrop{}, rules{})
	most := 1
	for i, cause := range t.causes() {
		gaps := t.of(cause)
		most = max(most, len(gaps))
		curve := steplike(len(gaps), func(k int) plotter.XY {
			return plotter.XY{X: gaps[k], Y: float64(len(gaps) - k)}
		})
		for _, m := range t.look(i).stepped(curve) {
			p.plot.Add(m)
		}
	}
	p.plot.Add(t.marks().nameless())
	p.plot.Y.Min, p.plot.Y.Max = 0.8, 1.5*float64(most)
	p.plot.Y.Scale, p.plot.Y.Tick.Marker = logScale{}, logScale{}
	return p
}

// look is that of a cause. Bounds are what is dashed.
func (t *Takeover) look(place int) look {
	l := lookAt(place)
	l.dashes = nil
	return l
}

// stepped is a line, and marks at some of its points that tell it from others without its colour.
func (l look) stepped(curve plotter.XYs) []mark {
	return []mark{line(l.color, curve), dots(l.color, readingRadius, l.shape, sparse(curve))}
}

// steplike returns a curve of so many points, few enough to be drawn. A single point is a curve, too.
func steplike(points int, at func(k int) plotter.XY) plotter.XYs {
	curve := make(plotter.XYs, points)
	for k := range curve {
		curve[k] = at(k)
	}
	return decimate(curve, mostPoints)
}

// marks are the bounds; the shortest and the longest where they differ with the size of a side.
func (t *Takeover) marks() uprights {
	bounds := t.bounds()
	least, most := bounds[0], bounds[len(bounds)-1]
	if least == most {
		return uprights{{least, fmt.Sprintf("bound: %s s", label(tenths(least)))}}
	}
	return uprights{
		{least, fmt.Sprintf("shortest bound: %s s", label(tenths(least)))},
		{most, fmt.Sprintf("longest bound: %s s", label(tenths(most)))},
	}
}

// tenths rounds to them.
func tenths(x float64) float64 { return math.Round(10*x) / 10 }
