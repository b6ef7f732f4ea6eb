package health

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// reclaim moves an origin to the claims of another member. The claims of each are a list through
// the origins themselves, so that a change of one member finds them without looking at all the
// others.
func (c *Checks) reclaim(origin uint32, claimant node.ID) {
	o := &c.origins[origin]
	if o.claimant == claimant {
		return
	}
	if o.claimant != node.Nobody {
		c.unlink(origin)
	}
	o.claimant = claimant
	if claimant != node.Nobody {
		c.link(origin)
	}
}

// link puts an origin in front of its claimant's list.
func (c *Checks) link(origin uint32) {
	o := &c.origins[origin]
	m := c.members.at(o.claimant)
	o.previous, o.next = 0, m.claims
	if o.next != 0 {
		c.origins[o.next-1].previous = origin + 1
	}
	m.claims = origin + 1
}

// unlink takes an origin out of its claimant's list.
func (c *Checks) unlink(origin uint32) {
	o := &c.origins[origin]
	if o.previous == 0 {
		c.members.at(o.claimant).claims = o.next
	} else {
		c.origins[o.previous-1].next = o.next
	}
	if o.next != 0 {
		c.origins[o.next-1].previous = o.previous
	}
}

// EachClaimOf visits the origins whose record, as [Checks.Claimed] told of it, is by member id in
// any of its lives, in no particular but a reproducible order. A visit may change the record of the
// origin it is at.
func (c *Checks) EachClaimOf(id node.ID, visit func(origin uint32)) {
	for number := c.members.at(id).claims; number != 0; {
		origin := number - 1
		number = c.origins[origin].next
		visit(origin)
	}
}

// decideClaimsOf applies the rule again to the origins that member id claims.
func (c *Checks) decideClaimsOf(now clock.Time, id node.ID) {
	c.EachClaimOf(id, func(origin uint32) { c.decide(now, origin) })
}
