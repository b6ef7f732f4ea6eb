package plots

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// upright is a dashed line upright through a panel, at a place along its horizontal axis. Its name
// is at its upper end.
type upright struct {
	at   float64
	name string // empty for none
}

// uprights are in ascending order. Each ends a line of text below its neighbour to the right, so
// that no name is on top of another, nor on a line.
type uprights []upright

// nameRoom is what the names take at the upper edge of the panel, where there should be no data.
func (u uprights) nameRoom() vg.Length { return labelSpacing * vg.Length(len(u)) }

// nameless returns the same lines without names.
func (u uprights) nameless() uprights {
	lines := make(uprights, len(u))
	for i := range u {
		lines[i].at = u[i].at
	}
	return lines
}

// Plot implements [plot.Plotter].
func (u uprights) Plot(c draw.Canvas, p *plot.Plot) {
	x, _ := p.Transforms(&c)
	for i := range u {
		top := c.Max.Y
		if u[i].name != "" {
			top -= labelSpacing * vg.Length(len(u)-1-i)
		}
		u[i].draw(c, x(u[i].at), top)
	}
}

// draw draws the line up to a height, and there its name to the left of it, as far as there is
// room.
func (u *upright) draw(c draw.Canvas, x, top vg.Length) {
	dashes := draw.LineStyle{Color: black, Width: 1, Dashes: []vg.Length{3, 2}}
	c.StrokeLine2(dashes, x, c.Min.Y, x, top)
	if u.name == "" {
		return
	}
	style := sans(textSize, black)
	style.XAlign, style.YAlign = draw.XRight, draw.YTop
	right := max(x-textSize/2, c.Min.X+style.Width(u.name))
	c.FillText(style, vg.Point{X: right, Y: top}, u.name)
}
