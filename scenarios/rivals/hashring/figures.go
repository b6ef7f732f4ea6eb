package hashring

// Loads returns how many of the keys each of the servers has, by server.
func (s Scheme) Loads(servers, keys int) []int {
	loads := make([]int, servers)
	for _, owner := range s.Owners(servers, keys) {
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
	before, after := s.Owners(servers, keys), s.Owners(servers+1, keys)
	moved := 0
	for key := range before {
		if before[key] != after[key] {
			moved++
		}
	}
	return float64(moved) / float64(keys)
}
