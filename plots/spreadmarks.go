package plots

import (
	"image/color"

	"gonum.org/v1/plot/plotter"
)

// informed shows the share of the servers that has the write.
func (s *Spread) informed() *panel {
	p := newPanel("Servers that have it", informedHeight)
	p.unit = "servers (%)"
	p.plot.Add(backdrop{}, rules{})
	for i := range s.Curves { // below all lines, so that no band hides one
		p.plot.Add(s.Curves[i].band(s.look(i)))
	}
	for i := range s.Curves {
		s.Curves[i].addTo(p, s.look(i))
	}
	for i := range s.Curves {
		p.plot.Add(theoryLine(s.Curves[i].theory()))
	}
	if s.theorised() {
		p.legend.Add("theory", theoryLine(nil))
	}
	p.plot.Y.Min, p.plot.Y.Max, p.plot.Y.Tick.Marker = 0, percentRoom, steps(percentTicks)
	return p
}

// look is that of a curve. Theory is what is dashed and black.
func (s *Spread) look(place int) look {
	palette := []color.RGBA{vermillion, blue, bluishGreen, reddishPurple, orange, skyBlue}
	l := lookAt(place)
	l.color, l.dashes = palette[place%len(palette)], nil
	return l
}

func theoryLine(points plotter.XYs) *plotter.Line {
	l := dashed(line(black, points))
	l.Width = 0.8
	return l
}

// percent returns the points of a curve in percent.
func (c *SpreadCurve) percent(share func(p *SpreadPoint) float64) plotter.XYs {
	points := make(plotter.XYs, len(c.Points))
	for i := range c.Points {
		points[i] = plotter.XY{X: c.Points[i].Round, Y: 100 * share(&c.Points[i])}
	}
	return decimate(points, mostPoints)
}

func (c *SpreadCurve) p10() plotter.XYs {
	return c.percent(func(p *SpreadPoint) float64 { return p.P10 })
}

func (c *SpreadCurve) p90() plotter.XYs {
	return c.percent(func(p *SpreadPoint) float64 { return p.P90 })
}

func (c *SpreadCurve) band(l look) mark { return area(tint(l.color, 20), c.p10(), c.p90()) }

// addTo adds the median, and the edges of the band: where bands overlap only one of them is seen.
func (c *SpreadCurve) addTo(p *panel, l look) {
	for _, edge := range []plotter.XYs{c.p10(), c.p90()} {
		thin := line(tint(l.color, 60), edge)
		thin.Width = 0.4
		p.plot.Add(thin)
	}
	median := c.percent(func(p *SpreadPoint) float64 { return p.P50 })
	through, marks := line(l.color, median), dots(l.color, readingRadius, l.shape, sparse(median))
	p.plot.Add(through, marks)
	p.legend.Add(c.Mode, c.band(l), through, marks)
}

// mostMarks is how many marks along a curve are told apart.
const mostMarks = 30

// sparse returns few enough of the points of a curve to be marked.
func sparse(points plotter.XYs) plotter.XYs {
	stride := 1 + (len(points)-1)/mostMarks
	var kept plotter.XYs
	for i := 0; i < len(points); i += stride {
		kept = append(kept, points[i])
	}
	return kept
}

// theory returns the moments that theory speaks of, in percent.
func (c *SpreadCurve) theory() plotter.XYs {
	var points plotter.XYs
	for _, p := range c.Points {
		if p.Theory > 0 {
			points = append(points, plotter.XY{X: p.Round, Y: 100 * p.Theory})
		}
	}
	return decimate(points, mostPoints)
}

// waiting shows the share of the servers that has it not yet: how a curve ends is seen here. It is
// the median's, as above. A mean would be that of the few trials whose start was slow.
func (s *Spread) waiting() *panel {
	p := newPanel("Servers that still wait for it", waitingHeight)
	p.unit = "share (log)"
	p.plot.Add(backdrop{}, rules{})
	least := s.leastWaiting()
	for i := range s.Curves {
		l := s.look(i)
		waiting := s.Curves[i].waiting(least, func(p *SpreadPoint) float64 { return p.P50 })
		p.plot.Add(line(l.color, waiting), dots(l.color, readingRadius, l.shape, sparse(waiting)))
	}
	for i := range s.Curves {
		p.plot.Add(theoryLine(s.Curves[i].waiting(least,
			func(p *SpreadPoint) float64 { return p.Theory })))
	}
	p.plot.Y.Min, p.plot.Y.Max = least, 1
	p.plot.Y.Scale, p.plot.Y.Tick.Marker = logScale{}, logScale{}
	return p
}

// leastWaiting is the lower end of that axis: just below the last server.
func (s *Spread) leastWaiting() float64 {
	servers := distinct(s.Curves, func(c *SpreadCurve) int { return c.Servers })
	return 0.5 / float64(servers[len(servers)-1])
}

// waiting returns the curve of what is left to inform. It ends where it has left the panel.
func (c *SpreadCurve) waiting(least float64, informed func(p *SpreadPoint) float64) plotter.XYs {
	var points plotter.XYs
	for i := range c.Points {
		share := informed(&c.Points[i])
		if share == 0 {
			continue // theory has nothing to say
		}
		left := max(1-share, least/10) // nothing has no place on the axis
		points = append(points, plotter.XY{X: c.Points[i].Round, Y: left})
		if left < least {
			break
		}
	}
	return decimate(points, mostPoints)
}
