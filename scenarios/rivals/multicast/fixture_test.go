package multicast

import (
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

const latency = time.Millisecond

// group is a world of servers, and the servers.
type group struct {
	*world.World[Message]
	config  Config
	servers []*Server // the latest life of each
}

// newGroup builds a quiet data centre, unless change says otherwise.
func newGroup(hosts int, config Config, change func(*world.Spec[Message])) *group {
	g := &group{config: config, servers: make([]*Server, hosts)}
	spec := world.Spec[Message]{
		Name: "multicast", Seed: 1, Hosts: hosts, Size: Size, Duration: time.Minute,
		Network: netmodel.Config{Latency: netmodel.Constant(latency), MTU: MTU},
		Machine: func(self node.ID, rand rng.Rand) node.Machine[Message] {
			g.servers[self] = NewServer(config, self, hosts, rand)
			return g.servers[self]
		},
	}
	if change != nil {
		change(&spec)
	}
	g.World = world.New(spec)
	return g
}

func quiet(*world.Spec[Message]) {}

func faults(all ...scenarios.Fault) func(*world.Spec[Message]) {
	return func(spec *world.Spec[Message]) { spec.Faults = all }
}

func span(d time.Duration) scenarios.Span { return scenarios.Span(d) }

// oldest is the greatest age of what a server knows of the keys, the run's age for one of which it
// knows nothing.
func (g *group) oldest(server node.ID) (age time.Duration) {
	for key := range uint32(g.config.Keys) {
		r, _ := g.servers[server].Newest(key)
		age = max(age, g.Now().Sub(r.At))
	}
	return age
}

// advance plays until the given time, though nothing may happen at it.
func (g *group) advance(to time.Duration) { g.Advance(clock.At(to)) }
