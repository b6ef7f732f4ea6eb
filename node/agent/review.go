package agent

import (
	"butterfly/node"
	"butterfly/node/origin"
)

// shortlist is a set of origins to look at again, in the order in which they were added.
//
// Invariant: listed[o] exactly if origins contains o, once.
type shortlist struct {
	listed  []bool // by origin
	origins []uint32
}

func (s *shortlist) add(o uint32) {
	if !s.listed[o] {
		s.listed[o] = true
		s.origins = append(s.origins, o)
	}
}

// review takes out the origins from the given place on and calls visit for each. During its visit
// an origin, and no other, may be added again.
func (s *shortlist) review(from int, visit func(o uint32)) {
	under := s.origins[from:]
	s.origins = s.origins[:from]
	for _, o := range under {
		s.listed[o] = false
		visit(o)
	}
	s.origins = fitted(s.origins)
}

// smallestCrowd is how many origins a shortlist keeps room for.
const smallestCrowd = 256

// fitted returns the same origins in less memory if most of it is unused, because a storm is over
// that brought up all of them.
func fitted(origins []uint32) []uint32 {
	if cap(origins) <= 4*(len(origins)+smallestCrowd) {
		return origins
	}
	return append(make([]uint32, 0, 2*len(origins)+smallestCrowd), origins...)
}

// review looks again at the origins for which it matters who is in the group, if that has changed,
// and at those that have become orphans.
func (a *Agent) review() {
	if a.moved {
		a.moved, a.spared = false, 0
		a.contested.review(0, a.passReading)
	}
	// What an input has merged is told before anything is written: removals wait for the next one.
	if a.ready && !a.merged && a.spared < len(a.orphans.origins) {
		a.orphans.review(a.spared, a.removeOrphan)
		a.spared = len(a.orphans.origins)
	}
}

// removeOrphan removes the result of an origin that is not to be checked, if that is up to this
// server: the first in rank. The others may yet become it.
func (a *Agent) removeOrphan(o uint32) {
	if a.known(o) || a.claim(o).Claimant == node.Nobody {
		return
	}
	if a.checks.Owner(o) == a.self {
		a.remove(origin.Result(o))
	} else {
		a.orphans.add(o)
	}
}
