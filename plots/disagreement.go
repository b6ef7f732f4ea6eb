package plots

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// Disagreement is how many origins have different owners in two views of who is alive, over how
// much the views differ.
type Disagreement struct {
	// Title is what the figure is to tell, in a sentence.
	Title string
	// Rows are in any order; the legend names the placements in the order in which they come up.
	Rows []DisagreementRow
}

// DisagreementRow is one placement in two views.
type DisagreementRow struct {
	// Placement is how origins are shared out, such as "rendezvous".
	Placement string
	// Distance is the Jaccard distance of the views: 1 less the share that the servers in both have
	// among those in either.
	Distance float64
	// Origins is how many there are, and Differing how many of them have different owners.
	Origins, Differing int
}

const (
	disagreementHeight vg.Length = 300
	distanceTicks      int       = 6 // at most, along either axis
	distanceRoom       float64   = 0.03
)

func (r *DisagreementRow) share() float64 { return float64(r.Differing) / float64(r.Origins) }

// Figure draws the measured shares over the line on which they would equal the distance. It needs a
// row.
func (d *Disagreement) Figure() (*Figure, error) {
	if err := d.validate(); err != nil {
		return nil, err
	}
	s := stack{title: d.Title, subtitle: d.subtitle(), axis: horizontal{
		name:  "1 - Jaccard similarity of the two views",
		least: -distanceRoom, most: 1 + distanceRoom,
		scale: plot.LinearScale{}, ticks: steps(distanceTicks),
	}}
	s.panels = []*panel{d.panel()}
	return s.figure(comparisonWidth), nil
}

func (d *Disagreement) validate() error {
	if len(d.Rows) == 0 {
		return errors.New("a figure of disagreement needs at least 1 row")
	}
	for _, r := range d.Rows {
		if r.Differing < 0 || r.Origins < max(1, r.Differing) || !ascending(0, r.Distance, 1) {
			return fmt.Errorf("%s: %d of %d origins that differ in views %v apart cannot be",
				r.Placement, r.Differing, r.Origins, r.Distance)
		}
	}
	return nil
}

func (d *Disagreement) subtitle() string {
	origins := distinct(d.Rows, func(r *DisagreementRow) int { return r.Origins })
	return "Measured on " + counts(origins, "origin") + " a point. The Jaccard similarity of two " +
		"views is the share of the servers in either that are in both."
}

func (d *Disagreement) panel() *panel {
	p := newPanel("Origins that belong to different servers in the two views", disagreementHeight)
	p.unit = "share of the origins"
	p.plot.Add(backdrop{}, rules{})
	p.add("1 - similarity", ribbon(plotter.XYs{{X: 0, Y: 0}, {X: 1, Y: 1}}))
	for i, placement := range d.placements() {
		l := lookAt(i)
		p.add(placement, dots(l.color, readingRadius, l.shape, d.of(placement)))
	}
	p.plot.Y.Min, p.plot.Y.Max = -distanceRoom, 1+distanceRoom
	p.plot.Y.Tick.Marker = steps(distanceTicks)
	return p
}

func (d *Disagreement) placements() []string {
	return inTheirOrder(d.Rows, func(r *DisagreementRow) string { return r.Placement })
}

// of returns the shares of a placement over the distances.
func (d *Disagreement) of(placement string) (points plotter.XYs) {
	for i := range d.Rows {
		if r := &d.Rows[i]; r.Placement == placement {
			points = append(points, plotter.XY{X: r.Distance, Y: r.share()})
		}
	}
	slices.SortStableFunc(points, func(a, b plotter.XY) int { return cmp.Compare(a.X, b.X) })
	return points
}
