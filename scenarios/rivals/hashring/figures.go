package hashring

import "butterfly/node"

// Span returns the servers from one up to another, which is not among them: a view.
func Span(from, to int) []node.ID {
	view := make([]node.ID, to-from)
	for i := range view {
		view[i] = node.ID(from + i)
	}
	return view
}

// Loads returns how many of the keys each of the servers has, by server.
func (s Scheme) Loads(servers, keys int) []int {
	loads := make([]int, servers)
	for _, owner := range s.Owners(Span(0, servers), keys) {
		loads[owner]++
	}
	return loads
}

// Imbalance is the greatest load of a server over the mean load: 1 is perfect. keys is at least 1.
func (s Scheme) Imbalance(servers, keys int) float64 {
	most := 0
	for _, load := range s.Loads(servers, keys) {
		most = max(most, load)
	}
	return float64(most) * float64(servers) / float64(keys)
}

// Moved is the share of keys that change their owner when one server more joins as many servers;
// read backwards, when it leaves again. The least that is possible is 1 / (servers+1): what the new
// one takes.
func (s Scheme) Moved(servers, keys int) float64 {
	return s.Disagreement(Span(0, servers), Span(0, servers+1), keys)
}

// Disagreement is the share of keys that belong to different servers in two views. Where the rank
// of a server is a function of the pair of key and server alone, as in [Rendezvous] and [Circle],
// it is 1 - |a ∩ b| / |a ∪ b| on average: the two agree exactly if the first of all servers in
// either view is in both, and that may be any of them.
func (s Scheme) Disagreement(a, b []node.ID, keys int) float64 {
	inA, inB := s.Owners(a, keys), s.Owners(b, keys)
	differing := 0
	for key := range inA {
		if inA[key] != inB[key] {
			differing++
		}
	}
	return float64(differing) / float64(keys)
}
