package broadcast

import (
	"fmt"
	"time"

	"butterfly/scenarios/rivals/station"
)

// Config is how servers check and tell. All of a cluster should have the same.
type Config struct {
	station.Config
	// Interval is how often a server tells all others all of its results. Above 0.
	Interval time.Duration
	// Timeout is how long a server that is not heard is taken to be alive, and how long one that
	// has started listens before it takes part. At least Interval.
	Timeout time.Duration
}

// DefaultConfig returns a configuration that lacks nothing but the size of the cluster. The times
// are our choice: results are told as often as origins are checked, and five datagrams in a row may
// be lost.
func DefaultConfig() Config {
	return Config{Interval: time.Second, Timeout: 5 * time.Second}
}

// Validate reports the first thing wrong with the configuration.
func (c *Config) Validate() error {
	switch {
	case c.Interval <= 0:
		return fmt.Errorf("broadcast: interval is %v, expected more than 0s", c.Interval)
	case c.Timeout < c.Interval:
		return fmt.Errorf("broadcast: timeout is %v, expected at least the interval of %v",
			c.Timeout, c.Interval)
	}
	return c.Config.Validate()
}
