package agent

import (
	"fmt"

	"butterfly/node"
	"butterfly/node/rendezvous"
)

// Placement ranks the servers for each origin. It is immutable and may be shared by all agents of a
// process.
type Placement struct {
	servers, origins []rendezvous.Hash // of their names
	score            func(origin uint32, server node.ID) uint64
}

// NewPlacement ranks by rendezvous hashing of the names: server-0 to server-(servers-1), and
// origins likewise.
func NewPlacement(servers, origins int) *Placement {
	p := &Placement{
		servers: make([]rendezvous.Hash, servers),
		origins: make([]rendezvous.Hash, origins),
	}
	for i := range p.servers {
		p.servers[i] = rendezvous.HashString(fmt.Sprintf("server-%d", i))
	}
	for i := range p.origins {
		p.origins[i] = rendezvous.HashString(fmt.Sprintf("origin-%d", i))
	}
	return p
}

// NewPlacementBy ranks by another score: the higher, the higher the rank. It must be pure, and the
// same function on every server.
func NewPlacementBy(
	servers, origins int, score func(origin uint32, server node.ID) uint64,
) *Placement {
	return &Placement{
		servers: make([]rendezvous.Hash, servers),
		origins: make([]rendezvous.Hash, origins),
		score:   score,
	}
}

// Servers is how many servers there are; their IDs are 0 to Servers-1.
func (p *Placement) Servers() int { return len(p.servers) }

// Origins is how many origins there may be, known to anybody or not; their numbers are 0 to
// Origins-1.
func (p *Placement) Origins() int { return len(p.origins) }

// Score is the weight of a server for an origin: the higher the score, the higher the rank.
func (p *Placement) Score(origin uint32, server node.ID) uint64 {
	if p.score != nil {
		return p.score(origin, server)
	}
	return rendezvous.Score(p.origins[origin], p.servers[server])
}
