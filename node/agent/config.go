package agent

import (
	"fmt"
	"time"

	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/node/routing"
	"butterfly/node/swim"
)

// Config is how an agent behaves. All agents of a cluster should have the same.
type Config struct {
	Swim swim.Config
	// Health has the definitions that registrations name by number.
	Health health.Config
	// Routing is how requests are kept off origins that are down.
	Routing routing.Config
	// Gossip is how the map spreads.
	Gossip gossip.Config
	// JoinGrace is how long an agent waits for a member and its map before it acts alone.
	JoinGrace time.Duration
	// Placement ranks servers for origins. It is also who exists: what others say about a server or
	// an origin that it does not have is ignored.
	Placement *Placement
	// OpenGroup: servers turn up of which nobody told this one. The placement's servers are then the
	// numbers that there are for them, and those that count are those that have been heard of. The
	// package documentation says what that costs.
	OpenGroup bool
	// Configured is the number of the definition of each origin that is to be checked from the
	// start: origins 0 to len(Configured)-1. The map overrides it.
	Configured []uint16
	// NewStore makes the replica of a life; nil means [NewMap].
	NewStore func(self crdt.Actor, p *Placement) Store
}

// DefaultConfig returns the configuration that the simulated data centre runs.
func DefaultConfig() Config {
	return Config{
		Swim:      swim.DefaultConfig(),
		Health:    health.DefaultConfig(),
		Routing:   routing.DefaultConfig(),
		Gossip:    gossip.DefaultConfig(),
		JoinGrace: 5 * time.Second,
	}
}

// Validate reports the first thing wrong with the configuration.
func (c *Config) Validate() error {
	for _, part := range []interface{ Validate() error }{&c.Swim, &c.Health, &c.Routing, &c.Gossip} {
		if err := part.Validate(); err != nil {
			return err
		}
	}
	switch {
	case c.JoinGrace <= 0:
		return fmt.Errorf("agent: join grace is %v, expected more than 0s", c.JoinGrace)
	case c.Placement == nil:
		return fmt.Errorf("agent: there is no placement")
	case uint64(c.Placement.Origins()) > origin.MaxOrigins:
		return fmt.Errorf("agent: %d origins, expected at most %d", c.Placement.Origins(),
			uint64(origin.MaxOrigins))
	}
	return c.validateOrigins()
}

func (c *Config) validateOrigins() error {
	if len(c.Configured) > c.Placement.Origins() {
		return fmt.Errorf("agent: %d configured origins, expected at most the %d that there are",
			len(c.Configured), c.Placement.Origins())
	}
	for o, definition := range c.Configured {
		if !c.defines(definition) {
			return fmt.Errorf("agent: configured origin %d has definition %d, expected one below %d",
				o, definition, len(c.Health.Definitions))
		}
	}
	return nil
}

// isConfigured reports whether an origin is to be checked unless the map says otherwise.
func (c *Config) isConfigured(o uint32) bool { return int(o) < len(c.Configured) }
