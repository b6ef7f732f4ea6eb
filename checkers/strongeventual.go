package checkers

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// remembered is how many version vectors one generation of [StrongEventual] holds: about 3 MB.
const remembered = 1 << 16

// StrongEventual checks equal-versions-equal-state: two replicas that have seen the same updates
// are in the same state, on any two hosts at any two moments (strong convergence; Shapiro,
// Preguiça, Baquero and Zawirski, "Conflict-free Replicated Data Types", SSS 2011). It compares the
// hashes of [node.MapChanged].
//
// Memory is bounded by two generations of 65,536 version vectors each. When the younger is full the
// older is forgotten, so at least the last 65,536 distinct vectors that were seen are compared, and
// a vector seen again counts as new. A pair further apart than that is missed. Two different
// vectors with the same 64-bit hash would be a false alarm: among a million vectors the chance is 3
// in 100 million.
type StrongEventual struct {
	young, old map[uint64]replica // by version hash
	limit      int
}

// replica is the state first seen for a version vector, and where.
type replica struct {
	state uint64
	at    clock.Time
	host  node.ID
}

// NewStrongEventual returns a checker that has seen nothing.
func NewStrongEventual() *StrongEventual {
	return &StrongEventual{
		young: make(map[uint64]replica), old: make(map[uint64]replica), limit: remembered,
	}
}

// Watches implements [Checker].
func (s *StrongEventual) Watches() Kind { return Event }

// Observe implements [Checker].
func (s *StrongEventual) Observe(o *Observation, _ View, report *Report) {
	if o.Event.Kind != node.MapChanged {
		return
	}
	first := s.first(o.Event.A, replica{o.Event.B, o.At, o.Host})
	if first.state != o.Event.B {
		report.Violate(PropertyStrong, o.At,
			"hosts %d at %v and %d at %v have seen the same updates (version hash 0x%016x) "+
				"and hold different states 0x%016x and 0x%016x",
			first.host, first.at, o.Host, o.At, o.Event.A, first.state, o.Event.B)
	}
}

// first returns the first replica seen with this version, which may be the given one.
func (s *StrongEventual) first(version uint64, seen replica) replica {
	if first, ok := s.young[version]; ok {
		return first
	}
	if first, ok := s.old[version]; ok {
		seen = first
	}
	if len(s.young) == s.limit {
		s.young, s.old = s.old, s.young
		clear(s.young)
	}
	s.young[version] = seen
	return seen
}
