package gossip

import (
	"slices"

	"butterfly/node"
	"butterfly/node/crdt"
)

// sweep finds out what everybody has seen.
type sweep struct {
	// candidate is what this node had seen when the sweep began, but for closed lives of which
	// somebody has seen more.
	candidate crdt.VersionVector
	// counts says, by node, who has seen the candidate, by what was last heard.
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
	g.sweep.spare(seen.Vector)
	g.sweep.spare(seen.Cloud)
	g.sweep.mark(from, seen.Vector.CoversAll(&g.sweep.candidate))
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

// spare takes those closed lives out of the candidate that must not be retired, because somebody
// has seen more of one, or of an earlier one of its node, than the candidate has. A life is closed
// if the candidate has a later one of its node. The dots ascend; that a life is retired is no more
// of it.
func (s *sweep) spare(seen []crdt.Dot) {
	i := 0
	for _, dot := range seen {
		for i < len(s.candidate) && s.candidate[i].Actor < dot.Actor {
			i++
		}
		if !s.closed(i, dot.Actor.Node()) || dot.Seq == crdt.Retired || s.candidate.Covers(dot) {
			continue
		}
		for s.closed(i, dot.Actor.Node()) {
			s.candidate = slices.Delete(s.candidate, i, i+1)
		}
	}
}

// closed reports whether the i-th life of the candidate is a closed one of the node.
func (s *sweep) closed(i int, id node.ID) bool {
	return i+1 < len(s.candidate) &&
		s.candidate[i].Actor.Node() == id && s.candidate[i+1].Actor.Node() == id
}
