package plots

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// grid is panels side by side and one below the other, each with a horizontal axis of its own, and a
// legend above them that is good for all.
type grid struct {
	title, subtitle string
	columns         int
	panels          []*panel
	legend          []key
}

// key is the line of a legend: a sample of a curve and its name.
type key struct {
	sample draw.LineStyle
	name   string
}

const (
	cellHeight vg.Length = 112
	cellGap    vg.Length = 12
	keyRoom    vg.Length = 16 // of a legend above the panels
)

func (g *grid) figure(width vg.Length) *Figure {
	h := head{
		title:    wrap(bold(titleSize, black), g.title, width-2*outerMargin),
		subtitle: wrap(sans(headingSize, textGrey), g.subtitle, width-2*outerMargin),
	}
	height := 2*outerMargin + h.room() + keyRoom + vg.Length(g.rows())*(cellHeight+cellGap) - cellGap
	return &Figure{width, height, func(c draw.Canvas) { g.drawOn(c, h) }}
}

func (g *grid) rows() int { return (len(g.panels) + g.columns - 1) / g.columns }

func (g *grid) drawOn(c draw.Canvas, h head) {
	c.SetColor(tint(black, 0))
	c.Fill(c.Rectangle.Path())
	c = draw.Crop(c, outerMargin, -outerMargin, outerMargin, -outerMargin)
	h.drawOn(c)
	c = draw.Crop(c, 0, 0, 0, -h.room())
	g.drawLegend(c)
	c = draw.Crop(c, 0, 0, 0, -keyRoom)
	width := (c.Max.X - c.Min.X + cellGap) / vg.Length(g.columns)
	for i, p := range g.panels {
		left := c.Min.X + width*vg.Length(i%g.columns)
		top := c.Max.Y - (cellHeight+cellGap)*vg.Length(i/g.columns)
		p.drawAlone(draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
			Min: vg.Point{X: left, Y: top - cellHeight}, Max: vg.Point{X: left + width - cellGap, Y: top},
		}})
	}
}

// drawLegend draws the keys from left to right along the upper edge.
func (g *grid) drawLegend(c draw.Canvas) {
	const sampleWidth, gap = 22, 5
	style := sans(textSize, black)
	style.YAlign = draw.YCenter
	x, y := c.Min.X, c.Max.Y-textSize/2
	for _, k := range g.legend {
		c.StrokeLine2(k.sample, x, y, x+sampleWidth, y)
		x += sampleWidth + gap
		c.FillText(style, vg.Point{X: x, Y: y}, k.name)
		x += style.Width(k.name) + 3*gap
	}
}

// drawAlone draws the panel into an area of its own, its statement in two lines above it: the name in
// bold, and the unit, which is a remark here, below.
func (p *panel) drawAlone(area draw.Canvas) {
	style := bold(textSize, black)
	style.YAlign = draw.YTop
	area.FillText(style, vg.Point{X: area.Min.X, Y: area.Max.Y}, p.statement)
	style = sans(smallSize, textGrey)
	style.YAlign = draw.YTop
	area.FillText(style, vg.Point{X: area.Min.X, Y: area.Max.Y - labelSpacing}, p.unit)
	p.plot.Draw(draw.Crop(area, 0, 0, 0, -2*labelSpacing-2))
}
