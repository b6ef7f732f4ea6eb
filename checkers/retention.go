package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Retention checks gone-are-forgotten: whom a host holds dead or left it forgets within the bound,
// counted from the last time that it said so, unless it is a member again by then. Tables that keep
// what is gone grow with all who ever were, and pass it on (hashicorp/memberlist issue 253).
//
// It keeps 8 bytes per pair of hosts.
type Retention struct {
	bound time.Duration
	hosts int
	since []clock.Time // [observer][subject]: when it was last said to be gone; Never if it is not
}

// NewRetention returns a checker. bound is for how long a host keeps who is gone, the longest pause
// included.
func NewRetention(bound time.Duration) *Retention { return &Retention{bound: bound} }

// Watches implements [Checker].
func (k *Retention) Watches() Kind { return Event | HostUp | HostDown | Ended }

// Observe implements [Checker].
func (k *Retention) Observe(o *Observation, view View, report *Report) {
	switch o.Kind {
	case HostUp:
		k.fit(view.Hosts())
	case HostDown:
		for subject := range k.hosts {
			k.since[int(o.Host)*k.hosts+subject] = clock.Never // a life remembers nothing of the last
		}
	case Event:
		k.event(o, report)
	case Ended:
		for cell := range k.since {
			k.judge(cell, o.At, report)
		}
	}
}

func (k *Retention) fit(hosts int) {
	if hosts == k.hosts {
		return
	}
	k.hosts, k.since = hosts, make([]clock.Time, hosts*hosts)
	for cell := range k.since {
		k.since[cell] = clock.Never
	}
}

func (k *Retention) event(o *Observation, report *Report) {
	subject := node.ID(o.Event.Subject)
	as, says := opinionAfter(o.Event.Kind)
	if !says || subject == o.Host {
		return
	}
	cell := int(o.Host)*k.hosts + int(subject)
	k.judge(cell, o.At, report)
	k.since[cell] = clock.Never
	if as == dead || as == left {
		k.since[cell] = o.At
	}
}

// judge reports one who should have been forgotten before the given time.
func (k *Retention) judge(cell int, at clock.Time, report *Report) {
	since := k.since[cell]
	if since == clock.Never || at <= since.Add(k.bound) {
		return
	}
	report.Violate(PropertyGoneForgotten, since.Add(k.bound),
		"host %d has kept host %d since it held it dead or left at %v until %v; by the bound %v it had "+
			"until %v", cell/k.hosts, cell%k.hosts, since, at, k.bound, since.Add(k.bound))
}
