package agent

import (
	"fmt"

	"butterfly/node"
	"butterfly/node/rendezvous"
)

// Placement ranks the servers for each origin. It is immutable and may be shared by all agents of a
// process.
type Placement struct {
	servers, origins int
	score            func(origin uint32, server node.ID) uint64
}

// NewPlacement ranks by rendezvous hashing of the names: server-0 to server-(servers-1), and
// origins likewise.
func NewPlacement(servers, origins int) *Placement {
	members, keys := hashNames("server", servers), hashNames("origin", origins)
	return NewPlacementBy(servers, origins, func(origin uint32, server node.ID) uint64 {
		return rendezvous.Score(keys[origin], members[server])
	})
}

// hashNames hashes the names kind-0 to kind-(count-1).
func hashNames(kind string, count int) []rendezvous.Hash {
	hashes := make([]rendezvous.Hash, count)
	for i := range hashes {
		hashes[i] = rendezvous.HashString(fmt.Sprintf("%s-%d", kind, i))
	}
	return hashes
}

// NewPlacementBy ranks by another score: the higher, the higher the rank. It must be pure, and the
// same function on every server.
func NewPlacementBy(
	servers, origins int, score func(origin uint32, server node.ID) uint64,
) *Placement {
	return &Placement{servers, origins, score}
}

// Servers is how many servers there are; their IDs are 0 to Servers-1.
func (p *Placement) Servers() int { return p.servers }

// Origins is how many origins there may be, known to anybody or not; their numbers are 0 to
// Origins-1.
func (p *Placement) Origins() int { return p.origins }

// Score is the weight of a server for an origin: the higher the score, the higher the rank.
func (p *Placement) Score(origin uint32, server node.ID) uint64 { return p.score(origin, server) }
