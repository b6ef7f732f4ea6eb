package plots

import (
	"fmt"
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

const (
	barTicks  = 3   // at most, along the axis of a quantity
	barShare  = 0.5 // of the room of a design
	wideRange = 50  // the quotient from which on a scale is logarithmic
	// roomAbove is how much further a logarithmic axis goes than its highest bar, at least, for the
	// number above it; a linear one goes half as far.
	roomAbove = 3.0
)

// columns draws a quantity of some designs, one beside the other, with its number above each bar.
type columns struct {
	own string
	all []VersusRow
}

// most is the highest end of a bar or a span, 1 if all are none.
func (b *columns) most() float64 {
	most := 0.0
	for _, r := range b.all {
		most = max(most, r.Most)
	}
	if most == 0 {
		return 1
	}
	return most
}

// unit returns the unit of a logarithmic scale for the bars: a power of ten below the smallest of
// them that is not none. wide tells whether they need such a scale.
func (b *columns) unit() (unit float64, wide bool) {
	least := b.most()
	for _, r := range b.all {
		if r.Value > 0 {
			least = min(least, r.Value)
		}
	}
	return decadeBelow(max(least, b.most()/mostRange)), b.most() > wideRange*least
}

// mostRange is the greatest quotient that a logarithmic scale shows.
const mostRange = 1e6

// Plot implements [plot.Plotter].
func (b *columns) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for i, r := range b.all {
		middle, half := x(float64(i)+0.5), (x(1)-x(0))*barShare/2
		if r.Runs == 0 {
			b.write(c, middle, c.Min.Y, "never")
			continue
		}
		fill(c, b.color(r.Design), vg.Rectangle{
			Min: vg.Point{X: middle - half, Y: c.Min.Y}, Max: vg.Point{X: middle + half, Y: y(r.Value)},
		})
		if r.Most > r.Least {
			c.StrokeLine2(spanStyle(), middle, y(r.Least), middle, y(r.Most))
		}
		b.write(c, middle, y(max(r.Value, r.Most)), valueText(&r))
	}
}

// write puts a text above a place.
func (b *columns) write(c draw.Canvas, x, y vg.Length, text string) {
	style := sans(smallSize, black)
	style.XAlign, style.YAlign = draw.XCenter, draw.YBottom
	c.FillText(style, vg.Point{X: x, Y: y + 1.5}, text)
}

// valueText is a value to three digits, and in how many runs it was measured if not in all.
func valueText(r *VersusRow) string {
	text := label(rounded(r.Value))
	if r.Runs < r.All {
		text += fmt.Sprintf(" (%d of %d)", r.Runs, r.All)
	}
	return text
}

// rounded keeps three digits, and of large numbers those before the point.
func rounded(x float64) float64 {
	if math.Abs(x) >= 1000 {
		return math.Round(x)
	}
	short, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 3, 64), 64) // what was just printed
	return short
}

func (b *columns) color(design string) color.RGBA {
	if design == b.own {
		return blue
	}
	return dominatedGrey
}

// Thumbnail implements [plot.Thumbnailer].
func (b *columns) Thumbnail(c *draw.Canvas) {
	fill(*c, b.color(b.all[0].Design), c.Rectangle)
}

func spanStyle() draw.LineStyle { return draw.LineStyle{Color: black, Width: 0.8} }

// spanSample is the sample of a span in a legend.
type spanSample struct{}

// Thumbnail implements [plot.Thumbnailer].
func (spanSample) Thumbnail(c *draw.Canvas) {
	c.StrokeLine2(spanStyle(), c.Center().X, c.Min.Y, c.Center().X, c.Max.Y)
}

// categories is a ticker that names what stands beside one another, each in a unit of the axis.
type categories []string

// Ticks implements [plot.Ticker].
func (names categories) Ticks(_, _ float64) []plot.Tick {
	ticks := make([]plot.Tick, len(names))
	for i, name := range names {
		ticks[i] = plot.Tick{Value: float64(i) + 0.5, Label: name}
	}
	return ticks
}
