package leader

import (
	"fmt"
	"time"

	"butterfly/scenarios/rivals/station"
)

// Config is how servers lead and follow. All of a cluster should have the same.
type Config struct {
	station.Config
	// Interval is how often a leader shows itself and a follower reports. Above 0.
	Interval time.Duration
	// Timeout is how long a leader or a follower that is not heard is taken to be alive. At least
	// Interval.
	Timeout time.Duration
	// RankWait is how much longer than the one before it each follower waits before it steps up:
	// long enough to hear of whoever did so already. 0 or more.
	RankWait time.Duration
	// Gather is how long a new leader waits for its followers before it hands out the work. At
	// least Interval, so that each can have reported.
	Gather time.Duration
}

// DefaultConfig returns a configuration that lacks nothing but the size of the cluster. The times
// are our choice: five beats or reports in a row may be lost, and a new leader waits for two.
func DefaultConfig() Config {
	return Config{
		Interval: time.Second,
		Timeout:  5 * time.Second,
		RankWait: time.Second,
		Gather:   2 * time.Second,
	}
}

// Validate reports the first thing wrong with the configuration.
func (c *Config) Validate() error {
	switch {
	case c.Interval <= 0:
		return fmt.Errorf("leader: interval is %v, expected more than 0s", c.Interval)
	case c.Timeout < c.Interval:
		return fmt.Errorf("leader: timeout is %v, expected at least the interval of %v",
			c.Timeout, c.Interval)
	case c.RankWait < 0:
		return fmt.Errorf("leader: rank wait is %v, expected 0s or more", c.RankWait)
	case c.Gather < c.Interval:
		return fmt.Errorf("leader: gather is %v, expected at least the interval of %v",
			c.Gather, c.Interval)
	}
	return c.Config.Validate()
}
