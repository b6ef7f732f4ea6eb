package plots

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// line joins points.
func line(c color.RGBA, points plotter.XYs) *plotter.Line {
	return &plotter.Line{XYs: points, LineStyle: draw.LineStyle{Color: c, Width: 1.1}}
}

// dashed makes a line a dashed one.
func dashed(l *plotter.Line) *plotter.Line {
	l.Dashes = []vg.Length{3, 2}
	return l
}

// area fills what lies between two curves.
func area(c color.RGBA, lower, upper plotter.XYs) mark {
	outline := append(plotter.XYs{}, lower...)
	for i := range upper {
		outline = append(outline, upper[len(upper)-1-i])
	}
	return &plotter.Polygon{XYs: []plotter.XYs{outline}, Color: c}
}

// dots draws a glyph at each point.
func dots(c color.RGBA, radius vg.Length, shape draw.GlyphDrawer, points plotter.XYs) mark {
	return &plotter.Scatter{
		XYs: points, GlyphStyle: draw.GlyphStyle{Color: c, Radius: radius, Shape: shape},
	}
}

// rules draws a line at each tick of the vertical axis.
type rules struct{}

// Plot implements [plot.Plotter].
func (rules) Plot(c draw.Canvas, p *plot.Plot) {
	_, y := p.Transforms(&c)
	for _, tick := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
		c.StrokeLine2(rule(), c.Min.X, y(tick.Value), c.Max.X, y(tick.Value))
	}
}

func rule() draw.LineStyle { return draw.LineStyle{Color: ruleGrey, Width: 0.5} }

func fill(c draw.Canvas, with color.Color, r vg.Rectangle) {
	c.SetColor(with)
	c.Fill(r.Path())
}
