package multicast

import (
	"fmt"
	"math"
	"time"
)

// Config is how servers check and tell. All of a group should have the same.
type Config struct {
	// Keys is how many keys are checked: 0 to Keys-1.
	Keys int
	// Everywhere: every server checks every key. Otherwise each key is checked by the one server
	// whose number is left when the key's is divided by the number of servers; while that is down,
	// by nobody.
	Everywhere bool
	// Interval is the time between two checks of a key by a server. What a server checks is spread
	// evenly over it, from a random moment on.
	Interval time.Duration
	// Batch is how long the first of several results waits for others to share its datagram. 0
	// sends each at once.
	Batch time.Duration
}

// Validate reports the first thing wrong with the configuration.
func (c *Config) Validate() error {
	switch {
	case c.Keys < 1 || uint64(c.Keys) > math.MaxUint32:
		return fmt.Errorf("multicast: %d keys, expected 1 to 2^32-1", c.Keys)
	case c.Interval < time.Duration(c.Keys):
		return fmt.Errorf("multicast: interval is %v, expected at least a nanosecond a key",
			c.Interval)
	case c.Batch < 0:
		return fmt.Errorf("multicast: batch is %v, expected 0s or more", c.Batch)
	}
	return nil
}
