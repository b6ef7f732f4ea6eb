package station

import "butterfly/node"

// Shares says whose each origin is among the servers that take part: the one's that ranks highest
// by the configured score, as in rendezvous hashing (package rendezvous). The zero value is of no
// use.
//
// Invariants: owner[o] is the highest-ranked of those that take part, [node.Nobody] without any,
// and best[o] is its score.
type Shares struct {
	score  func(origin uint32, server node.ID) uint64
	parts  []bool // by server
	count  int
	owners []node.ID
	best   []uint64
}

// NewShares returns the shares while no server takes part.
func NewShares(config *Config) *Shares {
	s := &Shares{
		score:  config.Score,
		parts:  make([]bool, config.Servers),
		owners: make([]node.ID, config.Origins),
		best:   make([]uint64, config.Origins),
	}
	for origin := range s.owners {
		s.owners[origin] = node.Nobody
	}
	return s
}

// Join makes server take part, and reports whether it did not. It costs a score per origin.
func (s *Shares) Join(server node.ID) (changed bool) {
	if s.parts[server] {
		return false
	}
	s.parts[server] = true
	s.count++
	for origin := range s.owners {
		s.offer(uint32(origin), server)
	}
	return true
}

// offer gives an origin to a server that ranks above its owner.
func (s *Shares) offer(origin uint32, server node.ID) {
	owner, best := s.owners[origin], s.best[origin]
	score := s.score(origin, server)
	if owner == node.Nobody || score > best || score == best && server < owner {
		s.owners[origin], s.best[origin] = server, score
	}
}

// Part makes server take part no more, and reports whether it did. It costs a score per server for
// each of its origins: no others move.
func (s *Shares) Part(server node.ID) (changed bool) {
	if !s.parts[server] {
		return false
	}
	s.parts[server] = false
	s.count--
	for origin, owner := range s.owners {
		if owner == server {
			s.place(uint32(origin))
		}
	}
	return true
}

// place finds the owner of an origin anew.
func (s *Shares) place(origin uint32) {
	s.owners[origin], s.best[origin] = node.Nobody, 0
	for server, takes := range s.parts {
		if takes {
			s.offer(origin, node.ID(server))
		}
	}
}

// Has reports whether server takes part.
func (s *Shares) Has(server node.ID) bool { return s.parts[server] }

// Count is how many servers take part.
func (s *Shares) Count() int { return s.count }

// Owner is whose origin is, [node.Nobody] while no server takes part.
func (s *Shares) Owner(origin uint32) node.ID { return s.owners[origin] }
