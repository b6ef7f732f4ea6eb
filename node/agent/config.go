package agent

import (
	"fmt"
	"time"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/health"
	"butterfly/node/rendezvous"
	"butterfly/node/swim"
	"butterfly/node/wire"
)

// Config is how an agent behaves. All agents of a cluster should have the same.
type Config struct {
	Swim   swim.Config
	Health health.Config
	// Gossip is how the map spreads.
	Gossip gossip.Config
	// JoinGrace is how long an agent waits for a member and its map before it acts alone.
	JoinGrace time.Duration
	// Placement ranks servers for origins. It is also who exists: what others say about a server or
	// an origin that it does not have is ignored.
	Placement *Placement
	// NewStore makes the replica of a life; nil means [NewMap].
	NewStore func(self crdt.Actor, p *Placement) Store
}

// DefaultConfig returns the configuration that the simulated data centre runs.
func DefaultConfig() Config {
	return Config{
		Swim:      swim.DefaultConfig(),
		Health:    health.DefaultConfig(),
		Gossip:    gossip.DefaultConfig(),
		JoinGrace: 5 * time.Second,
	}
}

// Validate reports the first thing wrong with the configuration.
func (c *Config) Validate() error {
	if err := c.Swim.Validate(); err != nil {
		return err
	}
	if err := c.Health.Validate(); err != nil {
		return err
	}
	if err := c.Gossip.Validate(); err != nil {
		return err
	}
	switch {
	case c.JoinGrace <= 0:
		return fmt.Errorf("agent: join grace is %v, expected more than 0s", c.JoinGrace)
	case c.Placement == nil:
		return fmt.Errorf("agent: there is no placement")
	}
	return nil
}

// Placement holds the hashes of the names of all servers and origins. It is immutable and may be
// shared by all agents of a process.
type Placement struct {
	servers, origins []rendezvous.Hash
}

// NewPlacement hashes the names of servers server-0 to server-(servers-1) and origins likewise.
func NewPlacement(servers, origins int) *Placement {
	p := &Placement{
		servers: make([]rendezvous.Hash, servers),
		origins: make([]rendezvous.Hash, origins),
	}
	for i := range p.servers {
		p.servers[i] = rendezvous.HashString(fmt.Sprintf("server-%d", i))
	}
	for i := range p.origins {
		p.origins[i] = rendezvous.HashString(fmt.Sprintf("origin-%d", i))
	}
	return p
}

// Servers is how many servers there are; their IDs are 0 to Servers-1.
func (p *Placement) Servers() int { return len(p.servers) }

// Origins is how many origins there are; their numbers are 0 to Origins-1.
func (p *Placement) Origins() int { return len(p.origins) }

// Score is the rendezvous weight of a server for an origin: the higher the score, the higher the
// rank.
func (p *Placement) Score(origin uint32, server node.ID) uint64 {
	return rendezvous.Score(p.origins[origin], p.servers[server])
}

// knows reports whether news is of servers and origins that exist: no other has a rank, and what
// is seen of others would stay in all version vectors for good.
func (p *Placement) knows(news *wire.Delta) bool {
	if !p.knowsWriters(news.Versions) || !p.knowsWriters(news.Horizon) {
		return false
	}
	for i := range news.Entries {
		e := &news.Entries[i]
		if e.Key >= uint32(p.Origins()) || !p.knowsWriters(e.Context) {
			return false
		}
	}
	return true
}

// knowsWriters reports whether all writers exist. Dots ascend, so the last one tells.
func (p *Placement) knowsWriters(dots []crdt.Dot) bool {
	last := len(dots) - 1
	return last < 0 || dots[last].Actor.Node() < node.ID(p.Servers())
}

// Store is a replica of the map of origins, as far as an agent is concerned. [crdt.Map] is one;
// rivals are measured by putting theirs in its place.
type Store interface {
	gossip.Store[uint32, health.Status]
	Put(origin uint32, status health.Status) crdt.Dot
	Get(origin uint32) (crdt.Sibling[health.Status], bool)
	VersionHash() uint64
	StateHash() uint64
}

// NewMap returns an empty [crdt.Map] as the replica of a life.
func NewMap(self crdt.Actor, p *Placement) Store {
	return crdt.New(self, MapConfig(p))
}

// MapConfig is how the map of origins treats its keys and values: concurrent writes are read in the
// order of their writers' ranks for the origin.
func MapConfig(p *Placement) crdt.Config[uint32, health.Status] {
	return crdt.Config[uint32, health.Status]{
		KeyHash:   func(origin uint32) uint64 { return uint64(rendezvous.HashNumber(uint64(origin))) },
		ValueHash: valueHash,
		Priority:  p.Score,
	}
}

// valueHash is never 0, which in a [node.Wrote] stands for a removal.
func valueHash(status health.Status) uint64 { return uint64(status) + 1 }
