package commit

import (
	"butterfly/node"
	"butterfly/sim/rng"
)

// Phases is how many phases the protocol has.
type Phases int

const (
	// Two is Gray's protocol: votes, and the outcome.
	Two Phases = 2
	// Three is Skeen's: votes, the news that all have voted yes, and the outcome.
	Three Phases = 3
)

// New returns a server: number 0 is the coordinator, all others are participants.
func New(phases Phases, self node.ID, servers int, luck rng.Rand) node.Machine[Message] {
	if self == 0 {
		return &coordinator{phases: phases, servers: servers}
	}
	return &participant{phases: phases, self: self, servers: servers, luck: luck}
}
