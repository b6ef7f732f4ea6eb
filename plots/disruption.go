package plots

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// Disruption is how many origins change their server when one more joins, over how many there are.
type Disruption struct {
	// Title is what the figure is to tell, in a sentence.
	Title string
	// Rows are in any order; the legend names the placements in the order in which they come up.
	Rows []DisruptionRow
}

// DisruptionRow is one placement among so many servers, before one more joins.
type DisruptionRow struct {
	// Placement is how origins are shared out, such as "rendezvous".
	Placement string
	Servers   int
	// Origins is how many there are, in all trials together, and Moved how many of them moved.
	Origins, Moved int
}

const disruptionHeight vg.Length = 260

// theory is the share that must move: what the server that joins is to be given.
func (r *DisruptionRow) theory() float64 { return 1 / float64(r.Servers+1) }

func (r *DisruptionRow) share() float64 { return float64(r.Moved) / float64(r.Origins) }

// Figure draws the share that moves, and over it the least that has to. It needs a row.
func (d *Disruption) Figure() (*Figure, error) {
	if err := d.validate(); err != nil {
		return nil, err
	}
	sizes := distinct(d.Rows, func(r *DisruptionRow) float64 { return float64(r.Servers) })
	s := stack{title: d.Title, subtitle: d.subtitle(), axis: horizontal{
		name: "servers before one more joins (log)", scale: logScale{},
		ticks: measuredAt{sizes, comparisonDataWidth},
	}}
	s.axis.least, s.axis.most = around(sizes...)
	s.panels = []*panel{d.panel(sizes)}
	return s.figure(comparisonWidth), nil
}

func (d *Disruption) validate() error {
	if len(d.Rows) == 0 {
		return errors.New("a figure of disruption needs at least 1 row")
	}
	for _, r := range d.Rows {
		if r.Servers < 1 || r.Moved < 1 || r.Moved > r.Origins {
			return fmt.Errorf("%s: %d of %d origins that move among %d servers cannot be",
				r.Placement, r.Moved, r.Origins, r.Servers)
		}
	}
	return nil
}

func (d *Disruption) subtitle() string {
	origins := distinct(d.Rows, func(r *DisruptionRow) int { return r.Origins })
	return counts(origins, "origin") + " a point. Whoever joins n servers is due 1 of n + 1 " +
		"origins, which is 1 - the Jaccard similarity of who is there before and after; what moves " +
		"beyond that moves between servers that were there before."
}

func (d *Disruption) panel(sizes []float64) *panel {
	p := newPanel("Origins that change their server", disruptionHeight)
	p.unit = "share of the origins (log)"
	p.plot.Add(backdrop{}, rules{})
	p.add("1 / (n + 1)", ribbon(leastMoves(sizes)))
	least := 1 / (sizes[len(sizes)-1] + 1)
	for i, placement := range d.placements() {
		points := d.of(placement)
		for _, point := range points {
			least = min(least, point.Y)
		}
		p.add(placement, lookAt(i).joined(points)...)
	}
	p.plot.Y.Min, p.plot.Y.Max = least/1.2, 1.2
	p.plot.Y.Scale, p.plot.Y.Tick.Marker = logScale{}, logScale{}
	return p
}

// ribbon is wide, so that it is seen below a curve that agrees with it.
func ribbon(points plotter.XYs) mark {
	l := line(tint(black, 25), points)
	l.Width = 6
	return l
}

// leastMoves is the theory over so many servers.
func leastMoves(sizes []float64) plotter.XYs {
	points := make(plotter.XYs, len(sizes))
	for i, n := range sizes {
		points[i] = plotter.XY{X: n, Y: 1 / (n + 1)}
	}
	return points
}

func (d *Disruption) placements() []string {
	return inTheirOrder(d.Rows, func(r *DisruptionRow) string { return r.Placement })
}

// of returns the shares of a placement over the number of servers.
func (d *Disruption) of(placement string) (points plotter.XYs) {
	for i := range d.Rows {
		if r := &d.Rows[i]; r.Placement == placement {
			points = append(points, plotter.XY{X: float64(r.Servers), Y: r.share()})
		}
	}
	slices.SortStableFunc(points, func(a, b plotter.XY) int { return cmp.Compare(a.X, b.X) })
	return points
}
