package plots

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
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
	p.add("bound", t.marks())
	p.plot.Y.Min, p.plot.Y.Max, p.plot.Y.Tick.Marker = 0, percentRoom, steps(percentTicks)
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
	p.plot.Add(t.marks())
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

// uprights draws dashed lines upright through a panel, at places along its horizontal axis.
type uprights []float64

func (t *Takeover) marks() uprights {
	bounds := t.bounds()
	if len(bounds) > 2 { // they differ with the size of the side
		return uprights{bounds[0], bounds[len(bounds)-1]}
	}
	return uprights(bounds)
}

func upright() draw.LineStyle {
	return draw.LineStyle{Color: black, Width: 1, Dashes: []vg.Length{3, 2}}
}

// Plot implements [plot.Plotter].
func (u uprights) Plot(c draw.Canvas, p *plot.Plot) {
	x, _ := p.Transforms(&c)
	for _, at := range u {
		c.StrokeLine2(upright(), x(at), c.Min.Y, x(at), c.Max.Y)
	}
}

// Thumbnail implements [plot.Thumbnailer].
func (uprights) Thumbnail(c *draw.Canvas) {
	c.StrokeLine2(upright(), c.Center().X, c.Min.Y, c.Center().X, c.Max.Y)
}
