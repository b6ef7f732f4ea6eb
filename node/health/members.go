package health

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// members is the set of live members of this server's view, by ID. Whether this server itself is
// among them makes no difference: it does not outrank itself.
type members struct {
	list []member
}

type member struct {
	generation uint64
	live       bool
}

func (m *members) up(id node.ID, generation uint64) {
	for int(id) >= len(m.list) {
		m.list = append(m.list, member{})
	}
	m.list[id] = member{generation: generation, live: true}
}

func (m *members) down(id node.ID) { m.list[id].live = false }

func (m *members) live(id node.ID) bool {
	return int(id) < len(m.list) && m.list[id].live
}

// liveIn reports whether member id is live, and in its life named generation.
func (m *members) liveIn(id node.ID, generation uint64) bool {
	return m.live(id) && m.list[id].generation == generation
}

// MemberUp tells that member id is live, in its life named generation: a new member, one that came
// back, or a later life of a member that is live already.
func (c *Checks) MemberUp(now clock.Time, id node.ID, generation uint64) {
	switch {
	case c.members.liveIn(id, generation):
	case c.members.live(id):
		c.members.up(id, generation)
		c.decideClaimsOf(now, id)
	default:
		c.members.up(id, generation)
		c.rerank(now, id, 1)
	}
}

// MemberDown tells that member id is not live any more: dead, gone, or forgotten.
func (c *Checks) MemberDown(now clock.Time, id node.ID) {
	if c.members.live(id) {
		c.members.down(id)
		c.rerank(now, id, -1)
	}
}

// rerank adds change to the rank of this server wherever member id outranks it. Keeping ranks up to
// date takes one score per origin, on the way down as on the way up; keeping owners would take a
// look at all members for each origin of the one that left, which comes to as much.
func (c *Checks) rerank(now clock.Time, id node.ID, change int) {
	for i := range c.origins {
		if c.outranks(uint32(i), id) {
			c.origins[i].rank += uint32(change)
			c.decide(now, uint32(i))
		}
	}
}

// decideClaimsOf applies the rule again to the origins that member id claims.
func (c *Checks) decideClaimsOf(now clock.Time, id node.ID) {
	for i := range c.origins {
		if c.origins[i].claimant == id {
			c.decide(now, uint32(i))
		}
	}
}

// outranks reports whether member id ranks above this server for an origin.
func (c *Checks) outranks(origin uint32, id node.ID) bool {
	return ranksAbove(c.score(origin, id), id, c.scores[origin], c.self)
}

// ranksAbove reports whether member a with its score ranks above member b with its own.
func ranksAbove(aScore uint64, a node.ID, bScore uint64, b node.ID) bool {
	return aScore > bScore || (aScore == bScore && a < b)
}
