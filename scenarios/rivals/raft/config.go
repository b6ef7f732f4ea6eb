package raft

import (
	"fmt"
	"time"

	"butterfly/scenarios/rivals/raft/voter"
	"butterfly/scenarios/rivals/station"
)

// Config is what all servers are configured with.
type Config struct {
	station.Config
	// Log is how the voters keep the log. With 0 Log.Voters there are [Voters] of them.
	Log voter.Config
	// Poll is the time between two polls of a server, which are also its signs of life.
	Poll time.Duration
	// Retry is after how long a server asks again if it was not told what it wants.
	Retry time.Duration
	// Timeout is how long a poll may take.
	Timeout time.Duration
	// Lease is for how long a server checks on after the beginning of the last poll that was
	// granted.
	Lease time.Duration
	// Session is after how long without a poll the leader takes a server for dead. It is longer
	// than Lease: nobody takes over while the server may still be checking.
	Session time.Duration
}

// DefaultConfig returns the times of a session of 10 s, the least that Consul takes (Consul,
// "Sessions"). What is not a time is the caller's to add.
func DefaultConfig() Config {
	return Config{
		Log:  voter.DefaultConfig(0),
		Poll: time.Second, Retry: 250 * time.Millisecond, Timeout: time.Second,
		Lease: 7 * time.Second, Session: 10 * time.Second,
	}
}

// Validate reports the first thing wrong with the configuration.
func (c *Config) Validate() error {
	if err := c.Config.Validate(); err != nil {
		return err
	}
	log := c.log()
	if err := log.Validate(); err != nil {
		return err
	}
	if c.Poll <= 0 || c.Retry <= 0 || c.Timeout <= 0 || c.Lease <= c.Poll || c.Session <= c.Lease {
		return fmt.Errorf("raft: poll %v, retry %v, timeout %v, lease %v, session %v: "+
			"expected more than 0, and poll < lease < session",
			c.Poll, c.Retry, c.Timeout, c.Lease, c.Session)
	}
	return nil
}

// Voters is how many of so many servers vote: five, or fewer if there are not as many; an odd
// number.
func Voters(servers int) int { return min(5, servers-(servers+1)%2) }

// log is how the voters keep the log.
func (c *Config) log() voter.Config {
	log := c.Log
	if log.Voters == 0 {
		log.Voters = Voters(c.Servers)
	}
	return log
}
