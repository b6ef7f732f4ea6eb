package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Admission checks joins-first: a server takes part in the checking (Ready) when it has joined, or has
// waited for long enough that somebody would have let it in. Until then it checks nothing. Otherwise
// each that comes back would check all origins, as if it were alone. That it has joined takes at least
// that it holds somebody else alive.
//
// It keeps a few bytes per host.
type Admission struct {
	grace time.Duration
	hosts []newcomer
}

// newcomer is what a host has done in its present life.
type newcomer struct {
	started clock.Time
	ready   bool
	met     bool // it has held somebody else alive
}

// NewAdmission returns a checker. After grace a server may take part that has met nobody.
func NewAdmission(grace time.Duration) *Admission { return &Admission{grace: grace} }

// Watches implements [Checker].
func (a *Admission) Watches() Kind { return Event | HostUp }

// Observe implements [Checker].
func (a *Admission) Observe(o *Observation, view View, report *Report) {
	if o.Kind == HostUp {
		if len(a.hosts) == 0 {
			a.hosts = make([]newcomer, view.Hosts())
		}
		a.hosts[o.Host] = newcomer{started: o.At}
		return
	}
	h := &a.hosts[o.Host]
	switch o.Event.Kind {
	case node.MemberAlive:
		h.met = h.met || node.ID(o.Event.Subject) != o.Host
	case node.Ready:
		h.ready = true
		if after := o.At.Sub(h.started); !h.met && after < a.grace {
			report.Violate(PropertyJoinsFirst, o.At,
				"host %d takes part at %v, %v after it began and before it has met anybody: "+
					"it is to wait for %v", o.Host, o.At, after, a.grace)
		}
	case node.CheckBegan:
		if !h.ready {
			report.Violate(PropertyJoinsFirst, o.At,
				"host %d begins to check origin %d at %v, before it takes part", o.Host,
				o.Event.Subject, o.At)
		}
	}
}
