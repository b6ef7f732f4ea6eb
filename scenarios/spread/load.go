package spread

import (
	"fmt"
	"math"
	"time"

	"butterfly/node"
	"butterfly/sim/rng"
)

// Load is what a group of servers has to tell each other: the results of health checks, of which
// few say anything new.
type Load struct {
	// Servers is how many there are, from 2.
	Servers int
	// Keys is how many things are checked, from 1.
	Keys int
	// Interval is the time between two checks of a key. Each has a result.
	Interval time.Duration
	// Changes is the share of results that differ from the one before: the updates, of which there
	// has to be one a second at least.
	Changes rng.PPM
}

// Validate reports the first thing wrong with the load. It names fields as the flags of the command
// do.
func (l *Load) Validate() error {
	switch {
	case l.Servers < 2 || l.Servers > node.MaxIDs:
		return fmt.Errorf("n: %d, expected 2 to %d servers", l.Servers, node.MaxIDs)
	case l.Keys < 1 || l.Keys > math.MaxInt32:
		return fmt.Errorf("keys: %d, expected 1 to %d", l.Keys, math.MaxInt32)
	case l.Interval < time.Millisecond || l.Interval > time.Hour:
		return fmt.Errorf("interval: %v, expected 1ms to 1h", l.Interval)
	case l.Changes < 1 || l.Changes > rng.Always:
		return fmt.Errorf("changes: %v, expected more than 0%% and at most 100%%", l.Changes)
	}
	if l.betweenUpdates() > Period {
		return fmt.Errorf("changes: %v, expected enough for an update a second: %d results a second "+
			"bring one in %v", l.Changes, l.resultsPerSecond(), l.betweenUpdates())
	}
	return nil
}

func (l *Load) resultsPerSecond() int64 {
	return int64(l.Keys) * int64(time.Second) / int64(l.Interval)
}

// betweenUpdates is the time between two updates of the whole group, on average.
func (l *Load) betweenUpdates() time.Duration {
	changes := time.Duration(l.Keys) * time.Duration(l.Changes)
	return max(1, l.Interval*time.Duration(rng.Always)/changes)
}
