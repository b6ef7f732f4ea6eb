package checkers

import (
	"fmt"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Gap is a time in which an origin was not probed on one side of the network. The zero value is no
// gap.
type Gap struct {
	Origin   uint32
	From, To clock.Time
	// Before and After are who probed at either end; [node.Nobody] where the gap begins with a
	// grace or ends with the run or the side.
	Before, After node.ID
	// Servers is how many live servers the side had at To.
	Servers int
}

// Length is how long the gap lasted.
func (g Gap) Length() time.Duration { return g.To.Sub(g.From) }

// String prints the gap in one line:
// "origin 7 for 12.3s, from 1.000s (host 3) to 13.300s (host 4), on a side of 5 live servers".
func (g Gap) String() string {
	return fmt.Sprintf("origin %d for %v, from %v (%s) to %v (%s), on a side of %s",
		g.Origin, g.Length(), g.From, hostName(g.Before), g.To, hostName(g.After),
		servers(g.Servers))
}
