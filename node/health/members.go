package health

import (
	"slices"

	"butterfly/node"
	"butterfly/sim/clock"
)

// members is the set of live members of this server's view but itself, which does not outrank
// itself.
type members struct {
	table []member  // by ID
	list  []node.ID // those that are live, in no particular order
}

type member struct {
	generation uint64
	live       bool
	claims     uint32 // the first origin that has it as claimant, as number + 1; 0 for none
}

// at returns a member's row of the table, for members never heard of as well.
func (m *members) at(id node.ID) *member {
	for int(id) >= len(m.table) {
		m.table = append(m.table, member{})
	}
	return &m.table[id]
}

// liveIn reports whether member id is live, and in its life named generation.
func (m *members) liveIn(id node.ID, generation uint64) bool {
	return uint64(id) < uint64(len(m.table)) && m.table[id].live && m.table[id].generation == generation
}

// MemberUp tells that member id is live, in its life named generation: a new member, one that came
// back, or a later life of a member that is live already. Word of this server itself changes
// nothing. It costs a step for each origin that id claims.
func (c *Checks) MemberUp(now clock.Time, id node.ID, generation uint64) {
	if id == c.self || c.members.liveIn(id, generation) {
		return
	}
	m := c.members.at(id)
	if !m.live {
		c.members.list = append(c.members.list, id)
		c.prober.Peers(len(c.members.list)) // those that go again are still missed
	}
	m.live, m.generation = true, generation
	c.decideClaimsOf(now, id)
}

// MemberDown tells that member id is not live any more: dead, gone, or forgotten. It costs a step
// for each origin that id claims, and for each that nobody is seen to check.
func (c *Checks) MemberDown(now clock.Time, id node.ID) {
	if id == c.self || !c.members.at(id).live {
		return
	}
	c.members.at(id).live = false
	last := len(c.members.list) - 1
	c.members.list[slices.Index(c.members.list, id)] = c.members.list[last]
	c.members.list = c.members.list[:last]
	c.hurryWaits(now, id)
	c.decideClaimsOf(now, id)
}

// rank returns how many live members outrank this server for an origin: 0 for its owner.
func (c *Checks) rank(origin uint32) (rank int) {
	own := c.score(origin, c.self)
	for _, id := range c.members.list {
		if ranksAbove(c.score(origin, id), id, own, c.self) {
			rank++
		}
	}
	return rank
}

// outranked reports whether any live member outranks this server for an origin: whether it is not
// the owner. It stops at the first that does, and so takes a few scores.
func (c *Checks) outranked(origin uint32) bool {
	own := c.score(origin, c.self)
	for _, id := range c.members.list {
		if ranksAbove(c.score(origin, id), id, own, c.self) {
			return true
		}
	}
	return false
}

// Owner returns the highest-ranked live member for origin. It takes one score per live member, and
// is meant for reports.
func (c *Checks) Owner(origin uint32) node.ID {
	owner, best := c.self, c.score(origin, c.self)
	for _, id := range c.members.list {
		if score := c.score(origin, id); ranksAbove(score, id, best, owner) {
			owner, best = id, score
		}
	}
	return owner
}

// outranks reports whether member id ranks above this server for an origin.
func (c *Checks) outranks(origin uint32, id node.ID) bool {
	return ranksAbove(c.score(origin, id), id, c.score(origin, c.self), c.self)
}

// ranksAbove reports whether member a with its score ranks above member b with its own.
func ranksAbove(aScore uint64, a node.ID, bScore uint64, b node.ID) bool {
	return aScore > bScore || (aScore == bScore && a < b)
}
