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

// FalsePositives is how often a probe of a server that is up ends in a suspicion, over the loss of
// the network and the number of servers that are asked to probe it as well.
type FalsePositives struct {
	// Title is what the figure is to tell, in a sentence.
	Title string
	// Rows are in any order.
	Rows []FalsePositiveRow
}

// FalsePositiveRow is what was measured at one loss and one k. All but the loss and k are shares of
// the probes, from 0 to 1.
type FalsePositiveRow struct {
	// LossPercent is the share of packets that are lost, K how many others are asked to probe.
	LossPercent float64
	K           int
	// Measured is the share of probes that ended in a suspicion, Low and High are the ends of its
	// 99 % interval. Measured 0 means that none did in all runs, and is drawn as a bound at High.
	// High 0 means that nothing was measured here: such a row is for the line of the formula.
	Measured, Low, High float64
	// Formula is what theory expects: (1-q^2)(1-q^4)^k for the share q of packets that arrive (SWIM,
	// section 3.1). The line joins the rows of a k, so it is as smooth as these are close.
	Formula float64
}

const (
	falsePositivesHeight vg.Length = 270
	// besideEndLabels is how far a legend stands to the right of the data to leave room for labels.
	besideEndLabels vg.Length = 46
)

// Figure draws the false positives. It needs at least one row with loss.
func (f *FalsePositives) Figure() (*Figure, error) {
	if err := f.validate(); err != nil {
		return nil, err
	}
	p := newPanel("False suspicions per probe of a server that is up", falsePositivesHeight)
	p.unit = "share of the probes (log)"
	p.plot.Add(backdrop{}, rules{})
	f.addCurves(p)
	f.addLegend(p)
	p.plot.Y.Min, p.plot.Y.Max = f.least(), 1
	p.plot.Y.Scale, p.plot.Y.Tick.Marker = logScale{}, logScale{}
	s := stack{title: f.Title, subtitle: f.subtitle(), panels: []*panel{p}, axis: horizontal{
		name: "packets lost (%)", most: f.mostLoss(), scale: plot.LinearScale{}, ticks: steps(lossTicks),
	}}
	return s.figure(comparisonWidth), nil
}

const lossTicks = 8 // at most, along the axis of the loss

func (f *FalsePositives) validate() error {
	for i := range f.Rows {
		r := &f.Rows[i]
		switch {
		case r.K < 0 || !ascending(0, r.LossPercent, 100):
			return fmt.Errorf("there is no loss of %v %% with k = %d", r.LossPercent, r.K)
		case !ascending(0, r.Low, r.Measured, r.High, 1):
			return fmt.Errorf("%v %% loss, k = %d: %v to %v is no interval around a share of %v",
				r.LossPercent, r.K, r.Low, r.High, r.Measured)
		case !ascending(0, r.Formula, 1):
			return fmt.Errorf("%v %% loss, k = %d: the formula gives no share, but %v",
				r.LossPercent, r.K, r.Formula)
		}
	}
	if f.mostLoss() == 0 {
		return errors.New("a figure of false positives needs a row with loss")
	}
	return nil
}

// measured tells whether the row is more than a point of the formula.
func (r *FalsePositiveRow) measured() bool { return r.High != 0 }

// bound tells whether all that was seen of the row is that there is less than its High.
func (r *FalsePositiveRow) bound() bool { return r.measured() && r.Measured == 0 }

// mostLoss is the highest loss in percent.
func (f *FalsePositives) mostLoss() float64 {
	most := 0.0
	for i := range f.Rows {
		most = max(most, f.Rows[i].LossPercent)
	}
	return most
}

// least is the lower end of the axis: below all that was measured, and the end of every curve.
func (f *FalsePositives) least() float64 {
	least := 0.5
	for _, k := range f.ks() {
		shares, bounds := f.seen(k)
		for _, one := range shares {
			least = min(least, one.value)
		}
		for _, bound := range bounds {
			least = min(least, bound.Y)
		}
		if curve := f.formula(k); len(curve) > 0 {
			least = min(least, curve[len(curve)-1].Y)
		}
	}
	return decadeBelow(least)
}

func (f *FalsePositives) subtitle() string {
	return "k others are asked to probe as well. Lines: (1-q^2)(1-q^4)^k if a share q of the " +
		"packets arrives. Dots: measured, with 99 % intervals. " + f.bounds()
}

// bounds explains what stands for the rows in which nothing was seen, if there are any.
func (f *FalsePositives) bounds() string {
	for i := range f.Rows {
		if f.Rows[i].bound() {
			return "Triangles: none in all probes, so fewer than this."
		}
	}
	return ""
}

// ks returns every k, in ascending order.
func (f *FalsePositives) ks() []int {
	return distinct(f.Rows, func(r *FalsePositiveRow) int { return r.K })
}

// of returns the rows of a k in the order of their losses.
func (f *FalsePositives) of(k int) []FalsePositiveRow {
	var rows []FalsePositiveRow
	for _, r := range f.Rows {
		if r.K == k {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(x, y FalsePositiveRow) int {
		return cmp.Compare(x.LossPercent, y.LossPercent)
	})
	return rows
}

// formula returns the points at which the formula has a place on a logarithmic axis.
func (f *FalsePositives) formula(k int) plotter.XYs {
	var points plotter.XYs
	for _, r := range f.of(k) {
		if r.Formula > 0 {
			points = append(points, plotter.XY{X: r.LossPercent, Y: r.Formula})
		}
	}
	return decimate(points, mostPoints)
}
