package plots

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// reading is a measured value and the ends of its interval.
type reading struct{ x, value, low, high float64 }

// readings draws measured values with bars from end to end of their intervals.
type readings struct {
	all   []reading
	glyph draw.GlyphStyle
	join  draw.LineStyle // from value to value; of no width if they are not joined
	aside vg.Length      // to the right of their place, so that several bars stand side by side
}

const readingRadius = 2.4

func newReadings(c color.RGBA, shape draw.GlyphDrawer, all []reading) *readings {
	return &readings{
		all: all, glyph: draw.GlyphStyle{Color: c, Radius: readingRadius, Shape: shape},
	}
}

// Plot implements [plot.Plotter]. A bar that leaves the panel downwards has no lower end.
func (r *readings) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	places := make([]vg.Point, len(r.all))
	for i, one := range r.all {
		places[i] = vg.Point{X: x(one.x) + r.aside, Y: y(one.value)}
	}
	c.StrokeLines(r.join, places)
	for i, one := range r.all {
		r.drawBar(c, places[i].X, y(max(one.low, p.Y.Min)), y(one.high))
		if one.low >= p.Y.Min {
			r.drawEnd(c, places[i].X, y(one.low))
		}
		c.DrawGlyph(r.glyph, places[i])
	}
}

// drawBar draws the bar of an interval with its upper end.
func (r *readings) drawBar(c draw.Canvas, x, low, high vg.Length) {
	c.StrokeLine2(r.bar(), x, low, x, high)
	r.drawEnd(c, x, high)
}

func (r *readings) drawEnd(c draw.Canvas, x, y vg.Length) {
	c.StrokeLine2(r.bar(), x-readingRadius, y, x+readingRadius, y)
}

func (r *readings) bar() draw.LineStyle { return draw.LineStyle{Color: r.glyph.Color, Width: 0.8} }

// Thumbnail implements [plot.Thumbnailer].
func (r *readings) Thumbnail(c *draw.Canvas) {
	c.StrokeLine2(r.join, c.Min.X, c.Center().Y, c.Max.X, c.Center().Y)
	r.drawBar(*c, c.Center().X, c.Min.Y, c.Max.Y)
	r.drawEnd(*c, c.Center().X, c.Min.Y)
	c.DrawGlyph(r.glyph, c.Center())
}
