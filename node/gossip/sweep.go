package gossip

import (
	"butterfly/node"
	"butterfly/node/crdt"
)

// sweep finds out what everybody has seen.
type sweep struct {
	candidate crdt.VersionVector // what this node had seen when the sweep began
	// counts says, by node, who has seen the candidate and nothing more of a closed life, by what was
	// last heard.
	counts []bool
	count  int // of those
}

// begin starts anew with a candidate.
func (s *sweep) begin(candidate *crdt.VersionVector) {
	s.candidate.CopyFrom(candidate)
	clear(s.counts)
	s.count = 0
}

// hear takes in what a peer has seen, and collects what by now all have.
func (g *Gossip[K, V]) hear(from node.ID, seen *crdt.CausalContext) {
	if !g.config.Collect {
		return
	}
	exceeded := g.sweep.exceeded(seen)
	if exceeded {
		g.sweep.begin(g.store.Versions())
		exceeded = g.sweep.exceeded(seen)
	}
	g.sweep.mark(from, !exceeded && seen.Vector.CoversAll(&g.sweep.candidate))
	if g.sweep.complete(g.peers) {
		g.store.Collect(&g.sweep.candidate)
		g.sweep.begin(g.store.Versions())
	}
}

// mark notes whether a peer counts. It may not any more: a new life of it begins with nothing.
func (s *sweep) mark(peer node.ID, counts bool) {
	for int(peer) >= len(s.counts) {
		s.counts = append(s.counts, false)
	}
	if s.counts[peer] == counts {
		return
	}
	s.counts[peer] = counts
	if counts {
		s.count++
	} else {
		s.count--
	}
}

// complete reports whether every peer there is now counts. A node that is alone is rather cut off
// than the last one: it completes nothing.
func (s *sweep) complete(peers Peers) bool {
	n := peers.Count()
	if n == 0 || s.count < n {
		return false
	}
	for i := range n {
		if peer := int(peers.Peer(i)); peer >= len(s.counts) || !s.counts[peer] {
			return false
		}
	}
	return true
}

// exceeded reports whether a peer has seen more of a closed life than the candidate has. A life is
// closed when the candidate has a later one of its node: it writes no more, and once everybody has
// seen all of it, it can be retired.
func (s *sweep) exceeded(seen *crdt.CausalContext) bool {
	return s.exceededBy(seen.Vector) || s.exceededBy(seen.Cloud)
}

// exceededBy is exceeded for dots in ascending order. That a life is retired is no more of it.
func (s *sweep) exceededBy(dots []crdt.Dot) bool {
	rest := s.candidate
	for _, dot := range dots {
		for len(rest) > 0 && rest[0].Actor < dot.Actor {
			rest = rest[1:]
		}
		if dot.Seq != crdt.Retired && closed(dot.Actor, rest) && !s.candidate.Covers(dot) {
			return true
		}
	}
	return false
}

// closed reports whether a life has a later one of its node in the candidate, given the part of
// that from the life on.
func closed(life crdt.Actor, rest crdt.VersionVector) bool {
	if len(rest) > 0 && rest[0].Actor == life {
		rest = rest[1:]
	}
	return len(rest) > 0 && rest[0].Actor.Node() == life.Node()
}
