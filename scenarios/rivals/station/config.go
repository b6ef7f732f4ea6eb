package station

import (
	"fmt"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/node/routing"
)

// Config is what all servers of a design are configured with, whatever the design. The zero value
// is not valid.
type Config struct {
	// Servers is how many there are, 1 to [node.MaxIDs]; their IDs are 0 to Servers-1.
	Servers int
	// Origins is how many there can be, up to [origin.MaxOrigins]; their numbers are 0 to
	// Origins-1.
	Origins int
	// Configured is by which of the definitions the origins 0 to len(Configured)-1 are checked. All
	// servers know of these from the start, and of the others once they have been told.
	Configured []uint16
	// Definitions are the ways of checking, at least one.
	Definitions []health.Definition
	// Routing is how requests are kept away from what is unhealthy.
	Routing routing.Config
	// Score ranks servers for an origin: the higher score ranks higher, and of two equal scores the
	// lower ID's. It must be pure, and the same at every server.
	Score func(origin uint32, server node.ID) uint64
}

// Validate reports the first thing wrong with the configuration.
func (c *Config) Validate() error {
	switch {
	case c.Servers < 1 || c.Servers > node.MaxIDs:
		return fmt.Errorf("station: %d servers, expected 1 to %d", c.Servers, node.MaxIDs)
	case c.Origins < 0 || uint64(c.Origins) > origin.MaxOrigins:
		return fmt.Errorf("station: %d origins, expected 0 to %d", c.Origins, uint64(origin.MaxOrigins))
	case len(c.Configured) > c.Origins:
		return fmt.Errorf("station: %d configured origins of %d", len(c.Configured), c.Origins)
	case len(c.Definitions) == 0 || len(c.Definitions) > origin.MaxDefinitions:
		return fmt.Errorf("station: %d definitions, expected 1 to %d",
			len(c.Definitions), origin.MaxDefinitions)
	case c.Score == nil:
		return fmt.Errorf("station: there is no score")
	}
	for number, definition := range c.Configured {
		if int(definition) >= len(c.Definitions) {
			return fmt.Errorf("station: origin %d is checked by definition %d of %d",
				number, definition, len(c.Definitions))
		}
	}
	return c.validateParts()
}

func (c *Config) validateParts() error {
	for number := range c.Definitions {
		if err := c.Definitions[number].Validate(); err != nil {
			return fmt.Errorf("station: definition %d: %w", number, err)
		}
	}
	return c.Routing.Validate()
}
