package plots

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Healing is how many clusters found together again, over the time that they were cut in halves.
type Healing struct {
	// Title is what the figure is to tell, in a sentence.
	Title string
	// Rows are in any order; the legend names the rules in the order in which they come up.
	Rows []HealingRow
}

// HealingRow is what the runs of one kind have shown.
type HealingRow struct {
	Servers int
	// Rules says whose rules the servers followed, such as "butterfly" or "memberlist rules". The
	// legend has room for about 25 letters.
	Rules string
	// CutSeconds is how long the halves could not reach each other.
	CutSeconds float64
	// Healed is in how many of the Trials every server held every other for a member in the end.
	Healed, Trials int
	// Low and High are the ends of the 95 % interval of the share of runs that heal, from 0 to 1.
	Low, High float64
}

const (
	healingHeight vg.Length = 130
	percentTicks            = 6     // at most, along the axis of the share
	besideBars    vg.Length = 5     // from the bar of one set of rules to that of the next
	percentRoom             = 103.0 // where that axis ends, so that the marks at 100 are whole
)

// Figure draws the shares of healed runs, a panel for each number of servers. It needs a row.
func (h *Healing) Figure() (*Figure, error) {
	if err := h.validate(); err != nil {
		return nil, err
	}
	cuts := h.cuts()
	s := stack{title: h.Title, subtitle: h.subtitle(), axis: horizontal{
		name:  "time for which the halves were cut from each other (s, log)",
		scale: logScale{}, ticks: measuredAt{cuts, comparisonDataWidth},
	}}
	s.axis.least, s.axis.most = around(cuts...)
	for _, servers := range h.sizes() {
		s.panels = append(s.panels, h.panel(servers))
	}
	return s.figure(comparisonWidth), nil
}

func (h *Healing) validate() error {
	if len(h.Rows) == 0 {
		return errors.New("a figure of healing needs at least 1 row")
	}
	for i := range h.Rows {
		r := &h.Rows[i]
		switch {
		case r.Servers < 2 || !positive(r.CutSeconds):
			return fmt.Errorf("%d servers cannot be cut in halves for %v s", r.Servers, r.CutSeconds)
		case r.Healed < 0 || r.Trials < max(1, r.Healed):
			return fmt.Errorf("%d of %d runs cannot heal", r.Healed, r.Trials)
		case !ascending(0, r.Low, r.share(), r.High, 1):
			return fmt.Errorf("%v to %v is no interval around %d of %d",
				r.Low, r.High, r.Healed, r.Trials)
		}
	}
	return nil
}

// share is the share of the runs that healed.
func (r *HealingRow) share() float64 { return float64(r.Healed) / float64(r.Trials) }

// cuts returns the lengths of all cuts in ascending order.
func (h *Healing) cuts() []float64 {
	return distinct(h.Rows, func(r *HealingRow) float64 { return r.CutSeconds })
}

// sizes returns the numbers of servers in ascending order.
func (h *Healing) sizes() []int {
	return distinct(h.Rows, func(r *HealingRow) int { return r.Servers })
}

// rules returns all sets of rules in the order in which they come up.
func (h *Healing) rules() []string {
	return inTheirOrder(h.Rows, func(row *HealingRow) string { return row.Rules })
}

func (h *Healing) subtitle() string {
	runs := distinct(h.Rows, func(r *HealingRow) int { return r.Trials })
	return fmt.Sprintf("Runs in which every server found every other again, of %s each; "+
		"the bars are 95 %% intervals.", counts(runs, "run"))
}

// panel shows how clusters of one size heal.
func (h *Healing) panel(servers int) *panel {
	p := newPanel(counted(servers, "server")+", cut in halves", healingHeight)
	p.unit = "healed runs (%)"
	p.plot.Add(backdrop{}, rules{})
	all := h.rules()
	for i, name := range all {
		r := healingReadings(i, h.of(servers, name))
		r.aside = besideBars * (vg.Length(i) - vg.Length(len(all)-1)/2)
		if len(r.all) > 0 {
			p.add(name, r)
		}
	}
	p.plot.Y.Min, p.plot.Y.Max, p.plot.Y.Tick.Marker = 0, percentRoom, steps(percentTicks)
	return p
}

// of returns what was seen under some rules in clusters of one size, in the order of the cuts.
func (h *Healing) of(servers int, rules string) []reading {
	var all []reading
	for i := range h.Rows {
		r := &h.Rows[i]
		if r.Servers == servers && r.Rules == rules {
			all = append(all, reading{r.CutSeconds, 100 * r.share(), 100 * r.Low, 100 * r.High})
		}
	}
	slices.SortStableFunc(all, func(x, y reading) int { return cmp.Compare(x.x, y.x) })
	return all
}

// healingReadings gives the rules that come up at the given place their own look.
func healingReadings(place int, all []reading) *readings {
	l := lookAt(place)
	r := newReadings(l.color, l.shape, all)
	r.join = draw.LineStyle{Color: l.color, Width: 1.1, Dashes: l.dashes}
	return r
}
