package gossip

import (
	"fmt"
	"time"
)

// Mode is which way news travels in a contact.
type Mode uint8

const (
	// PullMode: a node asks for what it lacks. The default.
	PullMode Mode = iota
	// PushMode: a node offers what it has.
	PushMode
	// PushPullMode: both ways in one contact.
	PushPullMode
)

// Timer is when the rounds of a node begin.
type Timer uint8

const (
	// Phased rounds are a period apart, from a random moment of the first period on.
	Phased Timer = iota
	// Aligned rounds are a period apart and begin together at all nodes that start together, the
	// first of them at the start.
	Aligned
	// Poisson rounds begin at random, independently, a period apart on average.
	Poisson
)

// Config is how a node gossips. All nodes of a group should have the same.
type Config struct {
	Mode Mode
	// FanOut is how many contacts one round begins, each with a peer chosen independently of the
	// others, and how many may be outstanding at a time. At least 1.
	FanOut int
	// Period is the time between the beginnings of two rounds, on average. Shorter spreads news
	// faster and sends more version vectors.
	Period time.Duration
	// Jitter is by how much at most a Phased or Aligned round begins late. 0 is punctual; it stays
	// below Period.
	Jitter time.Duration
	Timer  Timer
	// Timeout is how long each call of a contact may take before the contact counts as lost. Until
	// then its place in FanOut is taken.
	Timeout time.Duration
	// MaxEntries is the most entries one answer or push has, but for those that have to be whole.
	// 0 is no limit.
	MaxEntries int
	// Collect: what all peers have seen is used to collect tombstones and to retire lives.
	Collect bool
}

// DefaultConfig returns a pull a second from one peer, which reaches 64 nodes within 18 seconds but
// once in ten thousand times (exact chain of synchronous pull).
func DefaultConfig() Config {
	return Config{
		Mode: PullMode, FanOut: 1, Period: time.Second, Timer: Phased, Timeout: 2 * time.Second,
		Collect: true,
	}
}

// Validate reports the first thing wrong with the configuration.
func (c *Config) Validate() error {
	switch {
	case c.Mode > PushPullMode:
		return fmt.Errorf("gossip: mode is %d, expected 0 to %d", c.Mode, PushPullMode)
	case c.FanOut < 1:
		return fmt.Errorf("gossip: fan-out is %d, expected at least 1", c.FanOut)
	case c.Period <= 0:
		return fmt.Errorf("gossip: period is %v, expected more than 0s", c.Period)
	case c.Jitter < 0 || c.Jitter >= c.Period:
		return fmt.Errorf("gossip: jitter is %v, expected from 0s to below the period %v",
			c.Jitter, c.Period)
	case c.Timer > Poisson:
		return fmt.Errorf("gossip: timer is %d, expected 0 to %d", c.Timer, Poisson)
	case c.Timeout <= 0:
		return fmt.Errorf("gossip: timeout is %v, expected more than 0s", c.Timeout)
	case c.MaxEntries < 0:
		return fmt.Errorf("gossip: max entries is %d, expected 0 for no limit, or more", c.MaxEntries)
	}
	return nil
}
