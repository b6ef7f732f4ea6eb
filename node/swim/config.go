package swim

import (
	"fmt"
	"math"
	"time"

	"butterfly/node"
)

// Config holds the protocol's parameters. All members of a group should agree on the intervals and
// multipliers: a member with a shorter suspicion timeout decides for all others.
type Config struct {
	// ProbeInterval is the protocol period T': every member probes one other member per interval.
	// Default 1s. Shorter detects sooner, for proportionally more datagrams.
	ProbeInterval time.Duration
	// ProbeTimeout is how long a direct ping may stay unanswered before helpers are asked. Default
	// 300ms, for one data centre. It must leave time in the interval for the way through a helper.
	ProbeTimeout time.Duration
	// IndirectProbes is K, the number of helpers asked. Default 3. 0 asks nobody: a single lost
	// datagram then makes a suspect.
	IndirectProbes int
	// SuspicionMult scales the time a suspect has to answer: SuspicionMult * max(1, log10 n) *
	// ProbeInterval. Default 4. Larger forgives longer silences and detects crashes later.
	SuspicionMult int
	// RetransmitMult scales how often one member passes on one update: RetransmitMult *
	// ceil(log10(n+1)). Default 4. Larger misses fewer members and fills datagrams for longer.
	RetransmitMult int
	// MaxUpdates bounds the updates piggybacked on one datagram, which together must fit the MTU.
	// Default 8, at most MaxDatagramUpdates. Larger spreads mass changes faster.
	MaxUpdates int
	// SyncInterval is the time between two exchanges of whole tables with a random member. Default
	// 10s. Shorter repairs what gossip missed sooner, for n entries each way per exchange.
	SyncInterval time.Duration
	// SyncTimeout is how long such an exchange may take. Default 2s.
	SyncTimeout time.Duration
	// HealEvery makes every HealEvery-th exchange choose among the dead members and the seeds that
	// are not in the group, so that the two sides of a partition find each other again. Default 3.
	// 1 leaves no exchange for the living while anybody is dead.
	HealEvery int
	// Seeds are members to join through; the node itself may be among them. A node without another
	// seed starts a group of its own.
	Seeds []node.ID
	// JoinRetry is the pause before the next seed is tried. Default 1s.
	JoinRetry time.Duration
	// DeadRetention is how long a dead or left member is remembered. Default 5m. While it lasts,
	// old news of the member being alive cannot bring it back, and the sides of a partition look
	// for each other; the price is one table entry.
	DeadRetention time.Duration
	// MaxClockSkew bounds how far ahead of ours another node's clock may be. Default 1h. Claims
	// about lives begun later than that are ignored as corrupt; too small a bound shuts honest
	// members out.
	MaxClockSkew time.Duration
	// MaxMembers bounds the IDs a node accepts, 0 <= id < MaxMembers, and so its memory: 40 bytes
	// each. Default 16384, at most [node.MaxIDs].
	MaxMembers int
}

// MaxDatagramUpdates bounds the updates read from one datagram, whoever sent it.
const MaxDatagramUpdates = 255

// DefaultConfig returns the defaults: one data centre, up to thousands of members, no seeds.
func DefaultConfig() Config {
	return Config{
		ProbeInterval:  time.Second,
		ProbeTimeout:   300 * time.Millisecond,
		IndirectProbes: 3,
		SuspicionMult:  4,
		RetransmitMult: 4,
		MaxUpdates:     8,
		SyncInterval:   10 * time.Second,
		SyncTimeout:    2 * time.Second,
		HealEvery:      3,
		JoinRetry:      time.Second,
		DeadRetention:  5 * time.Minute,
		MaxClockSkew:   time.Hour,
		MaxMembers:     1 << 14,
	}
}

// Validate says what is wrong with the first field that is out of its range, or nil.
func (c Config) Validate() error {
	spans := []struct {
		name  string
		value time.Duration
	}{
		{"ProbeInterval", c.ProbeInterval}, {"ProbeTimeout", c.ProbeTimeout},
		{"SyncInterval", c.SyncInterval}, {"SyncTimeout", c.SyncTimeout},
		{"JoinRetry", c.JoinRetry}, {"DeadRetention", c.DeadRetention},
		{"MaxClockSkew", c.MaxClockSkew},
	}
	for _, s := range spans {
		if s.value <= 0 {
			return fmt.Errorf("swim: %s is %v, must be positive", s.name, s.value)
		}
	}
	counts := []struct {
		name             string
		value, low, high int
	}{
		{"IndirectProbes", c.IndirectProbes, 0, math.MaxUint8},
		{"SuspicionMult", c.SuspicionMult, 1, 1000},
		{"RetransmitMult", c.RetransmitMult, 1, 1000},
		{"MaxUpdates", c.MaxUpdates, 1, MaxDatagramUpdates},
		{"HealEvery", c.HealEvery, 1, math.MaxInt32},
		{"MaxMembers", c.MaxMembers, 1, node.MaxIDs},
	}
	for _, n := range counts {
		if n.value < n.low || n.value > n.high {
			return fmt.Errorf("swim: %s is %d, must be %d to %d", n.name, n.value, n.low, n.high)
		}
	}
	if c.ProbeTimeout >= c.ProbeInterval {
		return fmt.Errorf("swim: ProbeTimeout %v leaves no time for helpers in ProbeInterval %v",
			c.ProbeTimeout, c.ProbeInterval)
	}
	if c.ProbeInterval > time.Hour {
		return fmt.Errorf("swim: ProbeInterval is %v, must be at most 1h", c.ProbeInterval)
	}
	for _, seed := range c.Seeds {
		if int(seed) >= c.MaxMembers {
			return fmt.Errorf("swim: seed %d is beyond MaxMembers %d", seed, c.MaxMembers)
		}
	}
	return nil
}
