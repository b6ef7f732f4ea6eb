package swim

import (
	"butterfly/node"
	"butterfly/sim/rng"
)

// Metadata returns what member id says about itself, nil for nothing. It is valid until the next
// input.
func (s *Swim) Metadata(id node.ID) []byte { return s.members.metadata[id] }

// Self returns the member's own ID.
func (s *Swim) Self() node.ID { return s.self }

// Incarnation returns the member's own incarnation, 0 before Start.
func (s *Swim) Incarnation() Incarnation { return s.incarnation }

// Generation returns which life of the node this is, 0 before Start.
func (s *Swim) Generation() uint64 { return s.incarnation.Generation() }

// Joined reports whether a seed has answered, or there is none but the member itself.
func (s *Swim) Joined() bool { return s.exchange.joined }

// State returns what this member holds id to be. It holds itself to be Alive until it leaves, and
// Unknown before Start.
func (s *Swim) State(id node.ID) State { return s.members.at(id).state }

// Held returns what this member holds id to be, and in which incarnation: of one that has been
// forgotten the last one known if it contradicts, see [Config].
func (s *Swim) Held(id node.ID) (State, Incarnation) {
	held := s.members.at(id)
	return held.state, held.incarnation
}

// Alive reports whether id is in the group: alive or suspect. A suspect counts because most
// accusations are false and are refuted within a few periods; ask [Swim.State] to tell the two
// apart.
func (s *Swim) Alive(id node.ID) bool { return s.State(id).live() }

// Len returns how many members are in the group, alive or suspect, this one included.
func (s *Swim) Len() int {
	if s.State(s.self) == Alive {
		return len(s.members.order) + 1
	}
	return len(s.members.order)
}

// size is the n of timeouts and limits.
func (s *Swim) size() int {
	if s.config.CountGone {
		return s.Len() + s.members.retained()
	}
	return s.Len()
}

// AliveMembers appends the members of the group, this one included, to dst in ascending order.
func (s *Swim) AliveMembers(dst []node.ID) []node.ID {
	for id := range s.members.entries {
		if s.members.entries[id].state.live() {
			dst = append(dst, node.ID(id))
		}
	}
	return dst
}

// RandomAlive returns a uniformly random other member of the group, drawn from r, and whether there
// is one.
func (s *Swim) RandomAlive(r *rng.Rand) (node.ID, bool) {
	if len(s.members.order) == 0 {
		return node.Nobody, false
	}
	return s.members.order[r.Intn(len(s.members.order))], true
}

// Count returns how many peers the member has: other members of the group.
func (s *Swim) Count() int { return len(s.members.order) }

// Peer returns the i-th of the member's peers, 0 <= i < [Swim.Count], in an order that holds until
// the next input and means nothing.
func (s *Swim) Peer(i int) node.ID { return s.members.order[i] }

// Digest summarises the member table and the member's own incarnation.
func (s *Swim) Digest() uint64 {
	return rng.Mix(s.members.digest) ^ uint64(s.incarnation)
}
