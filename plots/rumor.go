package plots

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// Rumor is how many sites rumor mongering never reaches, over what it sends (Demers et al.,
// "Epidemic algorithms for replicated database maintenance", 1987, section 1.4).
type Rumor struct {
	// Title is what the figure is to tell, in a sentence.
	Title string
	// Rows are in any order; the legend names the variants in the order in which they come up.
	Rows []RumorRow
}

// RumorRow is the mean of the trials of one variant and one k.
type RumorRow struct {
	// Variant names how sites lose interest, such as "push-feedback-counter", and K is after how
	// much of it.
	Variant string
	K       int
	// Servers is how many sites there are, Trials how many trials were made.
	Servers, Trials int
	// Residue is the share of the sites that is never reached, from 0 to 1. 0 means that all were
	// in every trial, and is drawn as a bound.
	Residue float64
	// Traffic is how many times the update is sent, per site.
	Traffic float64
	// AverageCycles and LastCycles are how many cycles it takes to reach a site that is reached: on
	// average, and until the last one.
	AverageCycles, LastCycles float64
}

const (
	residueHeight vg.Length = 210
	lastHeight    vg.Length = 110
	trafficTicks            = 10 // at most, along the axis of the traffic
)

// Figure draws the residue over the traffic, and below it how long the last site waits. It needs a
// row.
func (r *Rumor) Figure() (*Figure, error) {
	if err := r.validate(); err != nil {
		return nil, err
	}
	s := stack{title: r.Title, subtitle: r.subtitle(), axis: horizontal{
		name: "messages with the update, per site", most: r.mostTraffic(),
		scale: plot.LinearScale{}, ticks: steps(trafficTicks),
	}}
	s.panels = []*panel{r.residue(), r.last()}
	return s.figure(comparisonWidth), nil
}

func (r *Rumor) validate() error {
	if len(r.Rows) == 0 {
		return errors.New("a figure of rumors needs at least 1 row")
	}
	for _, row := range r.Rows {
		switch {
		case row.K < 1 || row.Servers < 2 || row.Trials < 1:
			return fmt.Errorf("%s: k = %d, %d sites and %d trials spread no rumor",
				row.Variant, row.K, row.Servers, row.Trials)
		case !ascending(0, row.Residue, 1):
			return fmt.Errorf("%s, k = %d: a residue of %v is no share", row.Variant, row.K, row.Residue)
		case !notNegative(row.Traffic, row.AverageCycles, row.LastCycles):
			return fmt.Errorf("%s, k = %d: traffic of %v, and %v and %v cycles cannot be",
				row.Variant, row.K, row.Traffic, row.AverageCycles, row.LastCycles)
		}
	}
	return nil
}

// mostTraffic is where the axis of the traffic ends.
func (r *Rumor) mostTraffic() float64 {
	most := 1.0
	for i := range r.Rows {
		most = max(most, headroom*r.Rows[i].Traffic)
	}
	return most
}

func (r *Rumor) subtitle() string {
	sites := distinct(r.Rows, func(row *RumorRow) int { return row.Servers })
	trials := distinct(r.Rows, func(row *RumorRow) int { return row.Trials })
	text := fmt.Sprintf("Means of %s among %s. %s", counts(trials, "trial"), counts(sites, "site"),
		r.patience())
	if r.bounded() {
		text += " Triangles: all were reached in every trial, so fewer than this."
	}
	return text
}

// patience says which k the marks of a curve stand for.
func (r *Rumor) patience() string {
	ks := distinct(r.Rows, func(row *RumorRow) int { return row.K })
	if len(ks) == 1 {
		return fmt.Sprintf("k = %d.", ks[0])
	}
	return fmt.Sprintf("Along each line k goes from %d to %d.", ks[0], ks[len(ks)-1])
}

// bounded tells whether some rumor reached all sites in every trial.
func (r *Rumor) bounded() bool {
	return slices.ContainsFunc(r.Rows, func(row RumorRow) bool { return row.Residue == 0 })
}

// bound is the residue of which nothing was seen: less than one site in all trials.
func (row *RumorRow) bound() float64 { return 1 / float64(row.Servers) / float64(row.Trials) }

// variants returns all variants in the order in which they come up.
func (r *Rumor) variants() []string {
	return inTheirOrder(r.Rows, func(row *RumorRow) string { return row.Variant })
}

// of returns the rows of a variant in the order of their k.
func (r *Rumor) of(variant string) []RumorRow {
	var rows []RumorRow
	for _, row := range r.Rows {
		if row.Variant == variant {
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows, func(x, y RumorRow) int { return cmp.Compare(x.K, y.K) })
	return rows
}

// least is the lower end of the axis of the residue, below everything that was seen.
func (r *Rumor) least() float64 {
	least := 0.1
	for i := range r.Rows {
		row := &r.Rows[i]
		least = min(least, cmp.Or(row.Residue, row.bound()))
	}
	return decadeBelow(least / 2)
}

// poisson is s = e^-m: if a site is missed by m messages that go anywhere (section 1.4).
func (r *Rumor) poisson() plotter.XYs {
	const points = 200
	curve := make(plotter.XYs, points+1)
	for i := range curve {
		traffic := r.mostTraffic() * float64(i) / points
		curve[i] = plotter.XY{X: traffic, Y: math.Exp(-traffic)}
	}
	return curve
}
