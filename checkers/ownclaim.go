package checkers

import "butterfly/node"

// ownClaim is what a host has said about itself, over all its lives.
type ownClaim struct {
	incarnation uint64 // the highest it gave itself
	known       bool   // it ever gave itself one
	repeats     bool   // it did in this life
	over        bool   // it left or yielded in this life
	yielded     bool
}

// begin begins a life.
func (c *ownClaim) begin() { c.repeats, c.over, c.yielded = false, false, false }

// observe takes any event of the host.
func (c *ownClaim) observe(o *Observation, report *Report) {
	kind, self := o.Event.Kind, node.ID(o.Event.Subject) == o.Host
	switch {
	case kind == node.MemberProbed:
		c.demandLife(o, report)
	case kind == node.Refuted, kind == node.Described:
		c.demandLife(o, report)
		c.raise(o, true, report)
	case kind == node.Yielded:
		c.raise(o, false, report)
		c.over, c.yielded = true, true
	case self:
		c.aboutItself(o, report)
	}
}

// aboutItself takes an event of the kinds that are usually about others.
func (c *ownClaim) aboutItself(o *Observation, report *Report) {
	switch o.Event.Kind {
	case node.MemberAlive:
		c.raise(o, false, report)
	case node.MemberLeft:
		c.raise(o, false, report)
		c.over = true
	case node.MemberSuspect, node.MemberDead:
		if !c.yielded {
			report.Violate(PropertyNeverSelfDead, o.At,
				"host %d says of itself at %v: %v at incarnation %d",
				o.Host, o.At, o.Event.Kind, o.Event.A)
		}
	}
}

// demandLife demands that the host is still part of the group.
func (c *ownClaim) demandLife(o *Observation, report *Report) {
	if c.over {
		report.Violate(PropertyNeverSelfDead, o.At,
			"host %d goes on at %v with %v, having left or yielded at incarnation %d",
			o.Host, o.At, o.Event.Kind, c.incarnation)
	}
}

// raise takes an incarnation that the host gives itself: a new one, or perhaps again the one that
// it has in this life.
func (c *ownClaim) raise(o *Observation, isNew bool, report *Report) {
	isNew = isNew || !c.repeats
	now, before := o.Event.A, c.incarnation
	if c.known && (now < before || now == before && isNew) {
		report.Violate(PropertyOwnIncarnation, o.At,
			"host %d gives itself incarnation %d at %v with %v, after it had %d",
			o.Host, now, o.At, o.Event.Kind, before)
	}
	c.known, c.repeats = true, true
	c.incarnation = max(now, before)
}
