package checkers

import "butterfly/node"

// ProbeGaps checks time-bounded completeness (SWIM, section 4.3): two successive probes of one
// target by one prober are at most 2n-1 protocol periods apart while the prober's list of members
// does not change. n is the length of the list without the prober itself: at worst the target comes
// first of n in one traversal and last in the next, so that n-1 others follow it in the one and n-1
// precede it in the other.
//
// probe-gap: no member has to wait longer than that for its probe, counted from its last one or
// from the last change of the prober's list. That holds for one that just joined, too. A suspicion
// changes no list.
//
// A prober's periods are the probes it begins. One that is skipped because the host is paused, or
// still busy with the probe before, does not count, nor does the time of a host that probes nobody.
// The metric is probe_gap_max_periods, the longest wait of any pair, absent if nobody was probed.
//
// It keeps 5 bytes per pair of hosts, and looks through a whole list about once per traversal.
type ProbeGaps struct {
	views   views
	probers []prober // by host
	last    []uint32 // [prober][target]: the prober's period when it last probed target
	longest uint32
}

// prober is one host's traversals of its list.
type prober struct {
	period  uint32 // how many probes it has begun
	changed uint32 // the period in which its list last changed
	due     uint32 // up to this period no target is overdue
}

// NewProbeGaps returns a checker.
func NewProbeGaps() *ProbeGaps { return new(ProbeGaps) }

// Watches implements [Checker].
func (g *ProbeGaps) Watches() Kind { return viewed | Ended }

// Observe implements [Checker].
func (g *ProbeGaps) Observe(o *Observation, view View, report *Report) {
	switch {
	case o.Kind == Ended:
		if g.longest > 0 {
			report.Metric("probe_gap_max_periods", float64(g.longest))
		}
	case o.Kind == Event && o.Event.Kind == node.MemberProbed:
		g.probed(o, node.ID(o.Event.Subject), report)
	default:
		g.view(o, view)
	}
}

// view keeps up with the lists, and begins anew where one changes.
func (g *ProbeGaps) view(o *Observation, view View) {
	if o.Kind == HostUp && len(g.probers) != view.Hosts() {
		g.probers = make([]prober, view.Hosts())
		g.last = make([]uint32, view.Hosts()*view.Hosts())
	}
	if o.Kind == HostUp {
		g.views.observe(o, view)
		g.changed(o.Host)
		return
	}
	before := g.views.members[o.Host]
	g.views.observe(o, view)
	if g.views.members[o.Host] != before {
		g.changed(o.Host)
	}
}

func (g *ProbeGaps) changed(host node.ID) {
	p := &g.probers[host]
	p.changed = p.period
	p.due = p.period + g.bound(host)
}

// bound is how many periods a target of host may have to wait.
func (g *ProbeGaps) bound(host node.ID) uint32 {
	n := g.views.members[host] - 1
	return uint32(max(0, 2*n-1))
}

func (g *ProbeGaps) probed(o *Observation, target node.ID, report *Report) {
	p := &g.probers[o.Host]
	p.period++
	if p.period > p.due {
		g.sweep(o, report)
	}
	if g.views.of(o.Host, target).member() {
		last := &g.last[int(o.Host)*len(g.probers)+int(target)]
		g.longest = max(g.longest, p.period-max(*last, p.changed))
		*last = p.period
	}
}

// sweep reports the members that host has not probed for too long, which then wait anew, and finds
// out when the next one may be overdue.
func (g *ProbeGaps) sweep(o *Observation, report *Report) {
	p, bound := &g.probers[o.Host], g.bound(o.Host)
	row := g.last[int(o.Host)*len(g.probers):][:len(g.probers)]
	oldest := p.period
	for target := range row {
		if !g.views.of(o.Host, node.ID(target)).member() {
			continue
		}
		since := max(row[target], p.changed)
		if wait := p.period - since; wait > bound {
			g.longest = max(g.longest, wait)
			g.overdue(o, target, wait, report)
			row[target], since = p.period, p.period
		}
		oldest = min(oldest, since)
	}
	p.due = oldest + bound
}

func (g *ProbeGaps) overdue(o *Observation, target int, wait uint32, report *Report) {
	report.Violate(PropertyProbeGap, o.At,
		"host %d has not probed host %d for %d of its periods at %v; "+
			"with %d others in its list it may be %d",
		o.Host, target, wait, o.At, g.views.members[o.Host]-1, g.bound(o.Host))
}
