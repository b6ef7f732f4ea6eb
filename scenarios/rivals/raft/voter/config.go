package voter

import (
	"fmt"
	"time"
)

// Config is how a group of voters works. All of a group have the same.
type Config struct {
	// Voters is how many there are: the nodes 0 to Voters-1. Odd numbers survive the most for what
	// they cost.
	Voters int
	// Tick is the time between two heartbeats of the leader.
	Tick time.Duration
	// Election is after how many ticks of silence a voter campaigns at the earliest; at the latest
	// it is twice as many. It is also for how long a leader leads on without having heard of a
	// majority.
	Election int
	// Founding is until when, in the time of the run, a voter that starts without a disk is taken
	// for one of the founders. All have to start by then, and none to lose its disk.
	Founding time.Duration
	// Keep is how many entries that have been applied are kept for voters that are behind; who
	// lacks more is sent a snapshot. The log never has more than twice as many that are applied.
	Keep int
}

// DefaultConfig returns the times that etcd has by default: a heartbeat each 100 ms, an election
// after 1 s (etcd v3.6, "Tuning"). How long founding takes and what is kept is our choice.
func DefaultConfig(voters int) Config {
	return Config{
		Voters: voters, Tick: 100 * time.Millisecond, Election: 10, Founding: 3 * time.Second,
		Keep: 100,
	}
}

// Validate reports the first thing wrong with the configuration.
func (c *Config) Validate() error {
	switch {
	case c.Voters < 1 || c.Voters > MaxVoters:
		return fmt.Errorf("voter: voters: %d, expected 1 to %d", c.Voters, MaxVoters)
	case c.Tick <= 0:
		return fmt.Errorf("voter: tick: %v, expected more than 0", c.Tick)
	case c.Election <= renewal:
		return fmt.Errorf("voter: election: %d ticks, expected more than %d", c.Election, renewal)
	case c.Keep < 1:
		return fmt.Errorf("voter: keep: %d, expected at least 1", c.Keep)
	}
	return nil
}

// MaxVoters is how many voters a group may have: identities have a byte for them.
const MaxVoters = 255

// renewal is after how many ticks a leader asks a majority again whether it still leads.
const renewal = 3

// patience is how long a voter waits for its leader before it campaigns, at the least.
func (c *Config) patience() time.Duration { return time.Duration(c.Election) * c.Tick }

// lease is for how long those who have heard of a leader vote for no other. They count ticks, and
// the first may come at once.
func (c *Config) lease() time.Duration { return c.patience() - c.Tick }
