package plots

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// corners is a glyph of the given corners, in units of its radius. Its white rim keeps it apart
// from what is below it.
type corners []vg.Point

// diamond marks what is named.
func diamond() corners { return corners{{X: 0, Y: 1.5}, {X: 1.2}, {X: 0, Y: -1.5}, {X: -1.2}} }

// downwards marks a bound: the truth is below.
func downwards() corners { return corners{{X: 0, Y: -1.4}, {X: 1.3, Y: 0.8}, {X: -1.3, Y: 0.8}} }

// DrawGlyph implements [draw.GlyphDrawer].
func (shape corners) DrawGlyph(c *draw.Canvas, style draw.GlyphStyle, at vg.Point) {
	var outline vg.Path
	outline.Move(at.Add(shape[0].Scale(style.Radius)))
	for _, corner := range shape[1:] {
		outline.Line(at.Add(corner.Scale(style.Radius)))
	}
	outline.Close()
	c.SetColor(style.Color)
	c.Fill(outline)
	c.SetLineStyle(draw.LineStyle{Color: tint(black, 0), Width: 0.5})
	c.Stroke(outline)
}
