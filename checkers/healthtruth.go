package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Status asks a host's replica what it believes of an origin. known is false if it holds no status
// or one that says neither up nor down.
type Status func(host node.ID, origin uint32) (known, up bool)

// HealthTruth checks health-is-true: when a run ends at rest, every host that is up believes the
// truth of every origin that is to be checked on its side and has not changed for at least the
// bound. Origins are up until an [OriginChanged] says otherwise. It asks for every such pair of
// host and origin once, at the end.
//
// It measures health_wrong_at_end, the number of such pairs in which the host is wrong or does not
// know.
type HealthTruth struct {
	status   Status
	rest     rest
	origins  []truth
	registry registry
}

// truth is an origin's real state. The zero value is up since the start of the run.
type truth struct {
	down  bool
	since clock.Time
}

// NewHealthTruth returns a checker. bound is how long a change may take to be known everywhere, and
// how long after the last fault or the last word of an operator rest begins.
func NewHealthTruth(bound time.Duration, origins Origins, status Status) *HealthTruth {
	return &HealthTruth{
		status: status, rest: rest{bound: bound}, origins: make([]truth, origins.Count),
		registry: newRegistry(origins, bound),
	}
}

// Watches implements [Checker].
func (h *HealthTruth) Watches() Kind { return OriginChanged | ordering | Healed | Ended }

// Observe implements [Checker].
func (h *HealthTruth) Observe(o *Observation, view View, report *Report) {
	h.rest.observe(o)
	h.registry.observe(o, view)
	switch {
	case o.Kind == OriginChanged:
		h.origins[o.Origin] = truth{down: !o.Up, since: o.At}
	case o.Kind == Ended && h.rest.demanded(o.At):
		h.judge(o.At, view, report)
	}
}

func (h *HealthTruth) judge(at clock.Time, view View, report *Report) {
	wrong := 0
	for host := range view.Hosts() {
		if view.Up(node.ID(host)) {
			wrong += h.judgeHost(at, node.ID(host), view, report)
		}
	}
	report.Metric("health_wrong_at_end", float64(wrong))
}

func (h *HealthTruth) judgeHost(
	at clock.Time, host node.ID, view View, report *Report,
) (wrong int) {
	side := view.Side(host)
	for origin, truth := range h.origins {
		young := at < truth.since.Add(h.rest.bound)
		if young || h.registry.demandOn(side, uint32(origin)) != owed {
			continue
		}
		known, up := h.status(host, uint32(origin))
		if known && up != truth.down {
			continue
		}
		wrong++
		report.Violate(PropertyHealth, at,
			"host %d believes origin %d is %s at %v, but it is %s since %v, "+
				"longer than the bound %v", host, origin, belief(known, up), at,
			belief(true, !truth.down), truth.since, h.rest.bound)
	}
	return wrong
}

func belief(known, up bool) string {
	switch {
	case !known:
		return "unknown"
	case up:
		return "up"
	}
	return "down"
}
