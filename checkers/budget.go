package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Budget checks probe-budget: no server probes an origin more often than the checking it announces
// allows, which is once per beginning (CheckBegan, or OriginLearned for one that it checks already)
// and once per interval since, over its whole life. So never are there more probes of an origin
// than by 1 + the overlap that [Duplicates] measures. Whoever probes without having said so breaks
// it at once.
//
// It measures probe_budget_used_ratio: probes started, per probe allowed by the end of the run.
//
// It keeps 4 bytes per host and origin, 16 more for those that the host has checked, and 24 per
// origin.
type Budget struct {
	interval func(origin uint32) time.Duration
	origins  int
	budgets  pairs[budget]

	probes, left uint64 // left is what hosts had not used when they went down
}

// budget is what a server may spend on an origin. The probes it may start now are those saved and
// one per interval since then.
type budget struct {
	since    clock.Time // while checking: from when on intervals are still to be saved
	saved    int32
	checking bool
}

// NewBudget returns a checker for origins 0 to origins-1. interval is the shortest time between two
// probes of an origin by any definition it is checked by in the run, fast intervals included; it is
// more than 0.
func NewBudget(origins int, interval func(origin uint32) time.Duration) *Budget {
	return &Budget{interval: interval, origins: origins}
}

// Watches implements [Checker].
func (b *Budget) Watches() Kind { return ProbeStarted | Event | HostUp | HostDown | Ended }

// Observe implements [Checker].
func (b *Budget) Observe(o *Observation, view View, report *Report) {
	switch o.Kind {
	case ProbeStarted:
		b.probe(o, report)
	case Event:
		b.event(o)
	case HostUp:
		b.fit(view.Hosts())
	case HostDown:
		b.closeLife(o.At, o.Host)
	case Ended:
		b.finish(o.At, view, report)
	}
}

func (b *Budget) fit(hosts int) {
	if len(b.budgets.places) != hosts*b.origins {
		b.budgets = newPairs[budget](hosts, b.origins)
	}
}

func (b *Budget) probe(o *Observation, report *Report) {
	b.probes++
	p := b.budgets.use(o.Host, o.Origin)
	if p.saved == 0 && !p.save(o.At, b.interval(o.Origin)) {
		b.violate(o, p, report)
		return
	}
	p.saved--
}

// save saves one interval, if one is over.
func (p *budget) save(at clock.Time, interval time.Duration) bool {
	if !p.checking || at.Sub(p.since) < interval {
		return false
	}
	p.since = p.since.Add(interval)
	p.saved++
	return true
}

func (b *Budget) violate(o *Observation, p *budget, report *Report) {
	if !p.checking {
		report.Violate(PropertyProbeBudget, o.At,
			"host %d probes origin %d at %v and does not say that it checks it",
			o.Host, o.Origin, o.At)
		return
	}
	report.Violate(PropertyProbeBudget, o.At,
		"host %d probes origin %d at %v and has used up one probe per beginning and %v of its "+
			"checks; the next is due at %v",
		o.Host, o.Origin, o.At, b.interval(o.Origin), p.since.Add(b.interval(o.Origin)))
}

func (b *Budget) event(o *Observation) {
	switch o.Event.Kind {
	case node.CheckBegan:
		if p := b.budgets.use(o.Host, o.Event.Subject); !p.checking {
			p.checking, p.since = true, o.At
			p.saved++
		}
	case node.OriginLearned:
		if p := b.budgets.find(o.Host, o.Event.Subject); p != nil && p.checking {
			p.saved++
		}
	case node.CheckEnded:
		if p := b.budgets.find(o.Host, o.Event.Subject); p != nil {
			p.stop(o.At, b.interval(o.Event.Subject))
		}
	}
}

// stop saves all intervals that are over, and ends the checks.
func (p *budget) stop(at clock.Time, interval time.Duration) {
	if p.checking {
		p.saved += int32(at.Sub(p.since) / interval)
		p.checking = false
	}
}

// closeLife counts what a host that goes down has left, and takes it away.
func (b *Budget) closeLife(at clock.Time, host node.ID) {
	b.budgets.each(host, func(origin uint32, p *budget) {
		p.stop(at, b.interval(origin))
		b.left += uint64(p.saved)
		*p = budget{}
	})
}

func (b *Budget) finish(at clock.Time, view View, report *Report) {
	if len(b.budgets.places) > 0 {
		for host := range view.Hosts() {
			b.closeLife(at, node.ID(host))
		}
	}
	if allowed := b.probes + b.left; allowed > 0 {
		report.Metric("probe_budget_used_ratio", float64(b.probes)/float64(allowed))
	}
}
