package scenarios

import (
	"fmt"
	"time"
)

// Schedule makes a run's messages late by who sends them, so that the order in which they arrive is
// not that of a network where all are alike. It is probabilistic concurrency testing (Burckhardt,
// Kothari, Musuvathi and Nagarakatte, "A randomized scheduler with probabilistic guarantees of finding
// bugs", ASPLOS 2010), with hosts for threads. The seed gives every host a priority. What a host sends
// is held back in proportion to how many have a higher one, and at Depth-1 moments of the run, which
// the seed draws, the host that sends next falls below all that have not fallen before.
//
// A bug of depth d takes d orderings of messages (section 2 there). One Schedule has few changes and
// between them lets no luck into the order at all: the same host is late every time, where random delays
// would have to be unlucky again and again.
//
// Nothing is lost by it, and nothing held back for longer than Hold: it is a network that a system has
// to cope with anyway.
type Schedule struct {
	// Depth is that of the bugs looked for, the paper's d: priorities change Depth-1 times. With 1 they
	// stay as they are.
	Depth int `json:"depth"`
	// Hold is for how long the host of the lowest priority has its messages held back, on top of what
	// they take anyway.
	Hold Span `json:"hold"`
}

const (
	// MaxDepth is the greatest depth of a [Schedule].
	MaxDepth = 100
	// maxHold is a minute: whoever waits for an answer has given up by then.
	maxHold = Span(time.Minute)
)

// Validate reports the first thing wrong with the schedule; there may be none.
func (c *Schedule) Validate() error {
	switch {
	case c == nil:
		return nil
	case c.Depth < 1 || c.Depth > MaxDepth:
		return fmt.Errorf("depth: %d, expected 1 to %d", c.Depth, MaxDepth)
	case c.Hold <= 0 || c.Hold > maxHold:
		return fmt.Errorf("hold: %v, expected more than 0s, and up to %v", c.Hold, maxHold)
	}
	return nil
}

// longest is for how long a message is held back at most.
func (c *Schedule) longest() time.Duration {
	if c == nil {
		return 0
	}
	return c.Hold.Duration()
}
