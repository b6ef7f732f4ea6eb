package plots

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// panel is one plot of a stack.
type panel struct {
	statement string // what it shows, above it
	unit      string // of the vertical axis, beside it
	height    vg.Length
	plot      *plot.Plot
	legend    plot.Legend
}

// newPanel returns an empty panel. Its horizontal axis is that of the stack it becomes part of.
func newPanel(statement string, height vg.Length) *panel {
	p := &panel{statement: statement, height: height, plot: plot.New(), legend: plot.NewLegend()}
	p.legend.TextStyle = sans(textSize, textGrey)
	p.legend.ThumbnailWidth, p.legend.Padding = 14, 2
	p.legend.Top, p.legend.Left = true, true
	p.plot.BackgroundColor = nil
	for _, axis := range []*plot.Axis{&p.plot.X, &p.plot.Y} {
		axis.Padding, axis.Width, axis.Color = 2, 0.5, textGrey
		axis.Label.TextStyle = withAlign(sans(textSize, textGrey), axis.Label.TextStyle)
		axis.Tick.Label = withAlign(sans(textSize, textGrey), axis.Tick.Label)
		axis.Tick.Length, axis.Tick.Width, axis.Tick.Color = 3, 0.5, textGrey
	}
	p.plot.Y.Tick.Marker = steps(valueTicks)
	return p
}

const valueTicks = 4 // at most, along a vertical axis

// withAlign returns style with the placement of another.
func withAlign(style, placed draw.TextStyle) draw.TextStyle {
	style.XAlign, style.YAlign, style.Rotation = placed.XAlign, placed.YAlign, placed.Rotation
	return style
}

// add adds marks to the panel and, if it is named, to its legend.
func (p *panel) add(name string, marks ...mark) {
	thumbs := make([]plot.Thumbnailer, len(marks))
	for i, m := range marks {
		p.plot.Add(m)
		thumbs[i] = m
	}
	if name != "" {
		p.legend.Add(name, thumbs...)
	}
}

// mark is something that is drawn and has a sample in the legend.
type mark interface {
	plot.Plotter
	plot.Thumbnailer
}

// Margins of a stack in points.
const (
	outerMargin   = 10
	unitRoom      = 12 // left of a vertical axis with a unit
	statementRoom = 15 // above each panel
	axisRoom      = 28 // below the lowest, for its labels
	legendRoom    = 128
	panelGap      = 7
)

// Figures that compare are narrower than those that tell a story over time, so that they can be
// read at the width of a column.
const (
	comparisonWidth vg.Length = 600
	// comparisonDataWidth is about how wide their data are.
	comparisonDataWidth = comparisonWidth - legendRoom - 70
)

// stack is panels one below the other, with one horizontal axis.
type stack struct {
	title, subtitle string
	axis            horizontal
	panels          []*panel
}

// figure lays the stack out at the given width; its height follows.
func (s *stack) figure(width vg.Length) *Figure {
	for i, p := range s.panels {
		s.axis.put(p.plot, i == len(s.panels)-1)
	}
	height := 2*outerMargin + s.head(width-2*outerMargin).room() + axisRoom
	for _, p := range s.panels {
		height += p.height + statementRoom + panelGap
	}
	return &Figure{width, height, s.drawOn}
}

func (s *stack) drawOn(c draw.Canvas) {
	c.SetColor(tint(black, 0))
	c.Fill(c.Rectangle.Path())
	c = draw.Crop(c, outerMargin, -outerMargin, outerMargin, -outerMargin)
	head := s.head(c.Max.X - c.Min.X)
	head.drawOn(c)
	areas := s.areas(draw.Crop(c, 0, 0, 0, -head.room()))
	left, right := s.margins(areas)
	for i, p := range s.panels {
		p.drawOn(areas[i], left, right)
	}
}

// areas cuts the canvas into one piece per panel, statement and axis included, legend not.
func (s *stack) areas(c draw.Canvas) []draw.Canvas {
	areas := make([]draw.Canvas, len(s.panels))
	top := c.Max.Y
	for i, p := range s.panels {
		bottom := top - statementRoom - p.height
		if i == len(s.panels)-1 {
			bottom = c.Min.Y
		}
		areas[i] = draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
			Min: vg.Point{X: c.Min.X, Y: bottom}, Max: vg.Point{X: c.Max.X - legendRoom, Y: top},
		}}
		top = bottom - panelGap
	}
	return areas
}

// margins returns how much room the widest labels take at each edge, so that all panels leave as
// much.
func (s *stack) margins(areas []draw.Canvas) (left, right vg.Length) {
	for i, p := range s.panels {
		data := p.plot.DataCanvas(areas[i])
		left = max(left, data.Min.X-areas[i].Min.X+p.unitRoom())
		right = max(right, areas[i].Max.X-data.Max.X)
	}
	return left, right
}

func (p *panel) unitRoom() vg.Length {
	if p.unit == "" {
		return 0
	}
	return unitRoom
}

// drawOn draws the panel with its data the given distances from the edges of its area.
func (p *panel) drawOn(area draw.Canvas, left, right vg.Length) {
	c := draw.Crop(area, 0, 0, 0, -statementRoom)
	data := p.plot.DataCanvas(c)
	c = draw.Crop(c, left-(data.Min.X-c.Min.X), (c.Max.X-data.Max.X)-right, 0, 0)
	data = p.plot.DataCanvas(c)
	p.plot.Draw(c)
	p.drawTexts(area, data)
	legend := draw.Canvas{Canvas: area.Canvas, Rectangle: vg.Rectangle{
		Min: vg.Point{X: area.Max.X, Y: data.Min.Y},
		Max: vg.Point{X: area.Max.X + legendRoom, Y: data.Max.Y},
	}}
	p.legend.Draw(legend)
}

func (p *panel) drawTexts(area, data draw.Canvas) {
	style := bold(headingSize, black)
	style.YAlign = draw.YTop
	area.FillText(style, vg.Point{X: data.Min.X, Y: area.Max.Y}, p.statement)
	style = sans(textSize, textGrey)
	style.Rotation, style.XAlign, style.YAlign = math.Pi/2, draw.XCenter, draw.YTop
	area.FillText(style, vg.Point{X: area.Min.X, Y: data.Center().Y}, p.unit)
}
