package plots

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Versus is a comparison of designs: a panel for each quantity, a bar for each design.
type Versus struct {
	// Title is what the figure is to tell, in a sentence, and Subtitle what all runs have in common.
	Title, Subtitle string
	// Own is the design that the others are compared with; its bars stand out.
	Own string
	// Rows are in any order; designs and quantities are drawn in the order in which they come up.
	Rows []VersusRow
}

// VersusRow is one quantity of one design.
type VersusRow struct {
	Design string
	// Quantity says what is measured, with its unit.
	Quantity string
	// Value is what the runs that measured it came to together, Least and Most what single runs did.
	// They are not negative.
	Value, Least, Most float64
	// Runs is how many measured it, of All. Those that did not are named below the bar, and without
	// any there is no bar.
	Runs, All int
}

const (
	versusHeight    vg.Length = 58
	versusLegendGap vg.Length = 10
)

// Figure draws the quantities one below the other. Their scales are logarithmic with a place for
// none, where values differ much. It needs a row.
func (v *Versus) Figure() (*Figure, error) {
	if err := v.validate(); err != nil {
		return nil, err
	}
	designs := v.designs()
	s := stack{title: v.Title, subtitle: v.Subtitle, axis: horizontal{
		name: "design", most: float64(len(designs)),
		scale: plot.LinearScale{}, ticks: categories(designs),
	}}
	for _, quantity := range v.quantities() {
		s.panels = append(s.panels, v.panel(quantity))
	}
	v.addLegend(s.panels[0])
	return s.figure(comparisonWidth), nil
}

func (v *Versus) validate() error {
	if len(v.Rows) == 0 {
		return errors.New("a comparison needs at least 1 row")
	}
	for _, r := range v.Rows {
		switch {
		case r.All < 1 || r.Runs < 0 || r.Runs > r.All:
			return fmt.Errorf("%s, %s: measured in %d of %d runs cannot be",
				r.Design, r.Quantity, r.Runs, r.All)
		case !notNegative(r.Value, r.Least, r.Most) || !ascending(r.Least, r.Value, r.Most):
			return fmt.Errorf("%s, %s: %v of %v to %v cannot be",
				r.Design, r.Quantity, r.Value, r.Least, r.Most)
		}
	}
	return nil
}

func (v *Versus) designs() []string {
	return inTheirOrder(v.Rows, func(r *VersusRow) string { return r.Design })
}

func (v *Versus) quantities() []string {
	return inTheirOrder(v.Rows, func(r *VersusRow) string { return r.Quantity })
}

// panel shows one quantity of all designs.
func (v *Versus) panel(quantity string) *panel {
	p := newPanel(quantity, versusHeight)
	b := &columns{own: v.Own, all: make([]VersusRow, len(v.designs()))}
	for i, design := range v.designs() {
		b.all[i].Design = design
		for _, r := range v.Rows {
			if r.Design == design && r.Quantity == quantity {
				b.all[i] = r
			}
		}
	}
	p.plot.Add(rules{}, b)
	p.plot.Y.Min, p.plot.Y.Max = 0, b.most()
	if unit, wide := b.unit(); wide {
		scale := countScale(unit)
		p.plot.Y.Max *= max(roomAbove, math.Pow(p.plot.Y.Max/unit, 0.3))
		p.plot.Y.Scale, p.plot.Y.Tick.Marker = scale, scale
		return p
	}
	p.plot.Y.Max *= roomAbove / 2
	p.plot.Y.Tick.Marker = steps(barTicks)
	return p
}

// addLegend names the marks beside a panel, clear of the last of them.
func (v *Versus) addLegend(p *panel) {
	p.legend.XOffs = versusLegendGap
	p.legend.Add(v.Own, &columns{own: v.Own, all: []VersusRow{{Design: v.Own}}})
	p.legend.Add("rivals", &columns{all: []VersusRow{{Design: "rivals"}}})
	p.legend.Add("least to most of a run", spanSample{})
}
