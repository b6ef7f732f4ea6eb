package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Patience checks takeovers-wait: a server that is not first in rank for an origin (CheckBegan says so)
// gives those above it some time to act. It begins to check no sooner than that after it has begun to
// take part (Ready). Otherwise all that start together would check all origins, at once.
//
// It keeps 8 bytes per host.
type Patience struct {
	wait  time.Duration
	ready []clock.Time // by host
}

// NewPatience returns a checker. wait is the time that is given to one server.
func NewPatience(wait time.Duration) *Patience { return &Patience{wait: wait} }

// Watches implements [Checker].
func (p *Patience) Watches() Kind { return Event | HostUp }

// Observe implements [Checker].
func (p *Patience) Observe(o *Observation, view View, report *Report) {
	switch {
	case o.Kind == HostUp && len(p.ready) == 0:
		p.ready = make([]clock.Time, view.Hosts())
	case o.Kind == HostUp:
	case o.Event.Kind == node.Ready:
		p.ready[o.Host] = o.At
	case o.Event.Kind == node.CheckBegan && o.Event.A > 0:
		p.judge(o, report)
	}
}

func (p *Patience) judge(o *Observation, report *Report) {
	if after := o.At.Sub(p.ready[o.Host]); after < p.wait {
		report.Violate(PropertyTakeoversWait, o.At,
			"host %d begins to check origin %d at %v, of rank %d, %v after it was ready: "+
				"those above have %v each", o.Host, o.Event.Subject, o.At, o.Event.A, after, p.wait)
	}
}
