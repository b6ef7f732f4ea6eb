package scenarios

import (
	"cmp"
	"fmt"
	"time"
)

// Forge: somebody outside sends Hosts datagrams for For, PerSecond of them to all together, 0 for ten,
// each in the name of some other server: noise, datagrams that were cut short or altered on their way
// to somebody else, and datagrams as they were sent before. A carrier with a key refuses them all; one
// that is bare delivers what parses. See [Scenario.BareCarrier].
const Forge FaultKind = "forge"

// MaxForged is how many datagrams a second an outsider makes at most.
const MaxForged = 1000

// validateForgery checks how much an outsider does.
func (f *Fault) validateForgery() error {
	if f.PerSecond < 0 || f.PerSecond > MaxForged {
		return fmt.Errorf("per_second: %d, expected 0 to %d", f.PerSecond, MaxForged)
	}
	return nil
}

const defaultForged = 10

// Period is how long an outsider takes for each datagram.
func (f *Fault) Period() time.Duration {
	return time.Second / time.Duration(cmp.Or(f.PerSecond, defaultForged))
}
