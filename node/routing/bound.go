package routing

import (
	"fmt"
	"time"

	"butterfly/sim/rng"
)

// Leaving bounds how long an unhealthy origin stays in rotation, term by term.
type Leaving struct {
	// Windows is how many churn windows go by before it is its turn.
	Windows int
	// Window is how long each of them lasts.
	Window time.Duration
	// Share is how many origins leave in each.
	Share int
}

// LeavingBound returns the bound on the time from Set(false) until the origin is out of rotation,
// unless it is healthy again before then, or moves to another pool. waiting is how many origins of
// its pool wait to leave at that moment, this one included: all of them at worst. The origins of
// the pool weigh the same, and their number does not change meanwhile.
//
// Let Share origins be what a window lets go. What is left of the present window may be spent, but
// then it ends within Window. Those that wait leave in the order in which they became unhealthy, so
// each window that begins while they wait lets Share of them go at once: place p of the line is
// reached by window ceil(p / Share), and nobody enters the line ahead of it.
//
// Out of rotation is not yet out of reach: while its pool panics, requests go to all of it.
func (c Config) LeavingBound(waiting, origins int) Leaving {
	share := max(1, int(uint64(c.ChurnPPM)*uint64(origins)/uint64(rng.Always)))
	return Leaving{Windows: (waiting + share - 1) / share, Window: c.ChurnWindow, Share: share}
}

// Total returns the bound itself.
func (l Leaving) Total() time.Duration { return time.Duration(l.Windows) * l.Window }

// String prints the bound and its terms: "30s = 3 churn windows of 10s, each letting 5 origins
// leave".
func (l Leaving) String() string {
	return fmt.Sprintf("%v = %d churn windows of %v, each letting %d origins leave",
		l.Total(), l.Windows, l.Window, l.Share)
}

// ReturningBound returns how long an origin that has become healthy, and stays so, may be kept out
// of rotation at most: the longest debounce, whatever it did before.
func (c Config) ReturningBound() time.Duration {
	if c.Debounce == 0 {
		return 0
	}
	if c.Forgiveness == 0 {
		return c.Debounce
	}
	return c.LongestDebounce
}
