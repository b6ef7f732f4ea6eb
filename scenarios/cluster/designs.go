package cluster

import (
	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/wire"
	"butterfly/scenarios"
	"butterfly/scenarios/rivals/broadcast"
	"butterfly/scenarios/rivals/everyone"
	"butterfly/scenarios/rivals/hashring"
	"butterfly/scenarios/rivals/leader"
	"butterfly/scenarios/rivals/raft"
	"butterfly/scenarios/rivals/station"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// design is what a world needs to know of a kind of servers that exchange messages of type M.
type design[M any] struct {
	machine func(id node.ID, rand rng.Rand) node.Machine[M]
	size    func(*M) int
	append  func(b []byte, m *M) []byte
	parse   func(b []byte, m *M) error
	// upgraded builds the machines of servers with the other configuration; nil if there is none.
	upgraded func(id node.ID, rand rng.Rand) node.Machine[M]
	// dialect is their wire format, nil if it is that of all.
	dialect *world.Dialect[M]
}

// door is how a scenario's world is entered, whatever its servers say to each other.
type door interface {
	build(s scenarios.Scenario, seed uint64, options Options) Run
	verify(s scenarios.Scenario, seed uint64, next func() Options) (*world.Result, *world.Divergence)
}

// through is the door to worlds of one design.
type through[M any] func(c *cluster) design[M]

func (of through[M]) build(s scenarios.Scenario, seed uint64, options Options) Run {
	return of.world(s, seed, options)
}

func (of through[M]) verify(
	s scenarios.Scenario, seed uint64, next func() Options,
) (*world.Result, *world.Divergence) {
	return world.Verify(func() *world.World[M] { return of.world(s, seed, next()) })
}

func (of through[M]) world(s scenarios.Scenario, seed uint64, options Options) *world.World[M] {
	c := plan(s, seed)
	w := world.New(specOf(c, of(c), options))
	attach(c, w)
	return w
}

// attach lets the checkers of a plan look at the machines of its world.
func attach[M any](c *cluster, w *world.World[M]) {
	c.machine = func(host node.ID) any { return w.Machine(host) }
}

// doorOf is the door to a scenario's worlds.
func doorOf(s *scenarios.Scenario) door {
	switch s.Design.OrOurs() {
	case scenarios.Everyone:
		return through[everyone.Message](checkEverywhere)
	case scenarios.Multicast:
		return through[broadcast.Message](tellEverybody)
	case scenarios.Leader:
		return through[leader.Message](followLeader)
	case scenarios.Raft:
		return through[raft.Message](agreeFirst)
	default:
		return through[wire.Message](ours)
	}
}

// designed is the design of the servers that a package makes by one configuration.
func designed[M, C any, S node.Machine[M]](
	config C, server func(config C, id node.ID, rand rng.Rand) S,
	size func(*M) int, append func(b []byte, m *M) []byte, parse func(b []byte, m *M) error,
) design[M] {
	return design[M]{
		machine: func(id node.ID, rand rng.Rand) node.Machine[M] { return server(config, id, rand) },
		size:    size, append: append, parse: parse,
	}
}

// ours are the servers that the promises are about. The hash ring's differ in their placement.
func ours(c *cluster) design[wire.Message] {
	d := designed(c.config, agent.New, wire.Size, wire.Append, wire.Parse)
	c.administer(&d)
	return d
}

func checkEverywhere(c *cluster) design[everyone.Message] {
	config := everyone.DefaultConfig()
	config.Config = c.station()
	return designed(config, everyone.New, everyone.Size, everyone.Append, everyone.Parse)
}

func tellEverybody(c *cluster) design[broadcast.Message] {
	config := broadcast.DefaultConfig()
	config.Config = c.station()
	return designed(config, broadcast.New, broadcast.Size, broadcast.Append, broadcast.Parse)
}

func followLeader(c *cluster) design[leader.Message] {
	config := leader.DefaultConfig()
	config.Config = c.station()
	return designed(config, leader.New, leader.Size, leader.Append, leader.Parse)
}

func agreeFirst(c *cluster) design[raft.Message] {
	config := raft.DefaultConfig()
	config.Config = c.station()
	config.Log.Founding = startSpread
	return designed(config, raft.New, raft.Size, raft.Append, raft.Parse)
}

// station is what rivals are configured with: the same origins, checks, routing and ranks as ours.
func (c *cluster) station() station.Config {
	return station.Config{
		Servers: c.scenario.Servers, Origins: c.scenario.Origins,
		Configured: c.config.Configured, Definitions: c.config.Health.Definitions,
		Routing: c.config.Routing, Score: c.config.Placement.Score,
	}
}

// placement ranks servers for origins.
func placement(s *scenarios.Scenario) *agent.Placement {
	if s.Design != scenarios.HashRing {
		return agent.NewPlacement(s.Servers, s.Origins)
	}
	ring := hashring.New(s.Servers, s.Origins, hashring.DefaultPoints)
	return agent.NewPlacementBy(s.Servers, s.Origins, ring.Score)
}
