package agent

import (
	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/origin"
	"butterfly/node/wire"
)

// knows reports whether news is of servers, origins and definitions that exist: no other has a rank
// or can be checked, and what is seen of others would stay in all version vectors for good.
func (c *Config) knows(news *wire.Delta) bool {
	if !c.knowsWriters(news.Versions) || !c.knowsWriters(news.Horizon) {
		return false
	}
	for i := range news.Entries {
		e := &news.Entries[i]
		if !c.exists(origin.Of(e.Key)) || !c.knowsWriters(e.Context) {
			return false
		}
		for _, s := range e.Siblings {
			if !c.admits(e.Key, s.Value) {
				return false
			}
		}
	}
	return true
}

// knowsWriters reports whether all writers exist. Dots ascend, so the last one tells.
func (c *Config) knowsWriters(dots []crdt.Dot) bool {
	last := len(dots) - 1
	return last < 0 || dots[last].Actor.Node() < node.ID(c.Placement.Servers())
}

// exists reports whether there may be an origin of that number.
func (c *Config) exists(o uint32) bool { return o < uint32(c.Placement.Origins()) }

// admits reports whether a value may stand under a key.
func (c *Config) admits(key uint32, value origin.Value) bool {
	if !origin.IsRegistration(key) {
		return value <= origin.Highest(key)
	}
	definition, registered := value.Definition()
	return !registered || c.defines(definition)
}

// defines reports whether there is a definition of that number.
func (c *Config) defines(definition uint16) bool {
	return int(definition) < len(c.Health.Definitions)
}
