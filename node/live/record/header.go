package record

import (
	"fmt"
	"slices"
	"time"

	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/gossip"
	"butterfly/node/health"
	"butterfly/node/live/names"
	"butterfly/node/routing"
	"butterfly/node/swim"
	"butterfly/sim/rng"
)

// Header is all that a machine is made of. Whoever drives it makes it by [Header.Agent], so that
// the machine of a replay is made the same way.
type Header struct {
	// Build identifies the program: the code of another one may do something else.
	Build string
	// Name is the server's, and Number what the servers call it.
	Name   string
	Number node.ID
	// Seed is that of all the luck of this life.
	Seed uint64
	// Capacity is how many origins there may be, 1 to [names.MaxCapacity].
	Capacity int
	// Settings are how the machine behaves.
	Settings Settings
}

// Settings are the plain values of an [agent.Config].
type Settings struct {
	Swim       swim.Config
	Health     health.Config
	Routing    routing.Config
	Gossip     gossip.Config
	JoinGrace  time.Duration
	OpenGroup  bool
	Configured []uint16
}

// Agent returns the machine, which ranks servers by the names in d: the directory of this life, of
// the header's capacity. The header must be valid.
func (h *Header) Agent(d *names.Directory) *agent.Agent {
	return agent.New(h.config(d), h.Number, rng.Stream(h.Seed, "agent", uint64(h.Number)))
}

func (h *Header) config(d *names.Directory) agent.Config {
	s := &h.Settings
	config := agent.Config{
		Swim: s.Swim, Health: s.Health, Routing: s.Routing, Gossip: s.Gossip,
		JoinGrace: s.JoinGrace, OpenGroup: s.OpenGroup, Configured: s.Configured,
		Placement: agent.NewPlacementBy(names.Servers, h.Capacity, d.Score),
	}
	config.Health.Definitions = slices.Clone(s.Health.Definitions)
	return config
}

// Validate says what is wrong with the header, nil if nothing is.
func (h *Header) Validate() error {
	switch {
	case h.Number >= names.Servers:
		return fmt.Errorf("record: number is %d, expected one below %d", h.Number, names.Servers)
	case h.Capacity < 1 || h.Capacity > names.MaxCapacity:
		return fmt.Errorf("record: capacity is %d, expected 1 to %d", h.Capacity, names.MaxCapacity)
	}
	if err := names.ValidateName(h.Name); err != nil {
		return err
	}
	if err := h.Settings.validateServers(h.Number); err != nil {
		return err
	}
	config := h.config(names.NewDirectory(0))
	return config.Validate()
}

// validateServers demands that the numbers of the server and of its seeds are among those accepted.
func (s *Settings) validateServers(self node.ID) error {
	limit := node.ID(min(s.Swim.MaxMembers, names.Servers))
	for _, id := range append([]node.ID{self}, s.Swim.Seeds...) {
		if id >= limit {
			return fmt.Errorf("record: server or seed %d, expected one below the %d of MaxMembers",
				id, limit)
		}
	}
	return nil
}
