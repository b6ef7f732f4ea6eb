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
	// whole says that the peers have been, since the sweep began, all that may have a replica.
	whole bool
	layer crdt.VersionVector // of the candidate, while it is collected by layers
}

// begin starts anew with a candidate.
func (s *sweep) begin(candidate *crdt.VersionVector, whole bool) {
	s.candidate.CopyFrom(candidate)
	clear(s.counts)
	s.count, s.whole = 0, whole
}

// GroupChanged says that a node came, went, or began another life, and whether every node that may
// have a replica is now among the peers: it is not while one is missing that has not said that it
// goes. A sweep during which the group changed or was not whole retires no life; what it says is
// seen by all is forgotten as always. As long as nothing else is said, the group is whole.
func (g *Gossip[K, V]) GroupChanged(whole bool) {
	g.whole, g.sweep.whole = whole, false
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
		g.collect()
		g.sweep.begin(g.store.Versions(), g.whole)
	}
}

// collect forgets what the peers have seen as well, and retires lives only if there is nobody else.
func (g *Gossip[K, V]) collect() {
	if g.sweep.whole {
		g.store.Collect(&g.sweep.candidate)
		return
	}
	for g.sweep.peel() {
		g.store.Collect(&g.sweep.layer)
	}
}

// peel moves the first life that the candidate has of each node into the layer, and reports whether
// there was any. A store retires no life unless it is told of a later one of the same node, too.
func (s *sweep) peel() bool {
	s.layer.Reset()
	rest, previous := s.candidate[:0], node.Nobody
	for _, dot := range s.candidate {
		if id := dot.Actor.Node(); id != previous {
			s.layer, previous = append(s.layer, dot), id
		} else {
			rest = append(rest, dot)
		}
	}
	s.candidate = rest
	return len(s.layer) > 0
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
