package backup

import (
	"butterfly/node"
	"butterfly/sim/rng"
)

// Rules is what the protocol can be told.
type Rules struct {
	// LeastInSync is how small the in-sync set may become when its members do not keep up: 1 as in
	// the protocol that loses writes, 2 in the one that does not.
	LeastInSync int
}

// The servers that are no replicas. All others are.
const (
	controllerID node.ID = iota
	clientID
	firstReplica
)

// New returns a server: number 0 is the controller, number 1 the client, and all others are
// replicas.
func New(rules Rules, self node.ID, servers int, luck rng.Rand) node.Machine[Message] {
	switch self {
	case controllerID:
		return newController(rules, servers)
	case clientID:
		return &client{leader: node.Nobody}
	}
	return newReplica(self, servers, rules, luck)
}
