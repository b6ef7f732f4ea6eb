package plots

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// points returns one value of every moment, thinned out to what a figure can show.
func (t *Timeline) points(value func(m *Moment) int) plotter.XYs {
	points := make(plotter.XYs, len(t.Moments))
	for i := range t.Moments {
		m := &t.Moments[i]
		points[i] = plotter.XY{X: m.Seconds, Y: float64(value(m))}
	}
	return decimate(points, mostPoints)
}

// curve draws one value over time.
func (t *Timeline) curve(c color.RGBA, value func(m *Moment) int) *plotter.Line {
	return line(c, t.points(value))
}

// dashed draws one value over time as a dashed line.
func (t *Timeline) dashed(c color.RGBA, value func(m *Moment) int) *plotter.Line {
	return dashed(t.curve(c, value))
}

// filled draws one value over time, and fills what is below it.
func (t *Timeline) filled(c color.RGBA, value func(m *Moment) int) []mark {
	zero := func(*Moment) int { return 0 }
	return []mark{area(tint(c, 35), t.points(zero), t.points(value)), t.curve(c, value)}
}

// band fills what lies between the least and the most over time.
func (t *Timeline) band(c color.RGBA, value func(m *Moment) Range) mark {
	least := t.points(func(m *Moment) int { return value(m).Least })
	most := t.points(func(m *Moment) int { return value(m).Most })
	return area(tint(c, 55), least, most)
}

// backdrop draws behind the data: the times at which the network is split, and rules at the ticks
// of the time axis.
type backdrop struct{ splits []Fault }

func (t *Timeline) backdrop() backdrop {
	var b backdrop
	for _, f := range t.Faults {
		if f.Splits {
			b.splits = append(b.splits, f)
		}
	}
	return b
}

// Plot implements [plot.Plotter].
func (b backdrop) Plot(c draw.Canvas, p *plot.Plot) {
	x, _ := p.Transforms(&c)
	for _, f := range b.splits {
		fill(c, backGrey, vg.Rectangle{
			Min: vg.Point{X: x(f.From), Y: c.Min.Y}, Max: vg.Point{X: x(f.To), Y: c.Max.Y},
		})
	}
	for _, tick := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		c.StrokeLine2(rule(), x(tick.Value), c.Min.Y, x(tick.Value), c.Max.Y)
	}
}
