package everyone

import (
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/routing"
	"butterfly/scenarios"
	"butterfly/scenarios/rivals/station"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

const (
	servers    = 4
	origins    = 10
	configured = 8
)

func newConfig() Config {
	config := DefaultConfig()
	config.Config = station.Config{
		Servers: servers, Origins: origins, Configured: make([]uint16, configured),
		Definitions: []health.Definition{health.DefaultDefinition()},
		Routing:     routing.DefaultConfig(),
		Score:       func(uint32, node.ID) uint64 { return 0 },
	}
	return config
}

// group is a world of servers.
type group struct{ *world.World[Message] }

func newGroup(faults ...scenarios.Fault) *group {
	return &group{world.New(world.Spec[Message]{
		Name: "everyone", Seed: 1, Hosts: servers, Size: Size, Duration: 5 * time.Minute,
		Network: netmodel.Config{Latency: netmodel.Constant(time.Millisecond)},
		Origins: world.Origins{
			Count: origins, Configured: configured,
			RoundTrip: netmodel.Uniform(2*time.Millisecond, 80*time.Millisecond),
		},
		Faults: faults,
		Machine: func(self node.ID, rand rng.Rand) node.Machine[Message] {
			return New(newConfig(), self, rand)
		},
		Codec: &world.Codec[Message]{Append: Append, Parse: Parse},
	})}
}

func (g *group) server(id node.ID) *Server { return g.Machine(id).(*Server) }

// advance plays until a number of seconds.
func (g *group) advance(seconds int) { g.Advance(clock.At(time.Duration(seconds) * time.Second)) }

func fault(kind scenarios.FaultKind, at, length int, hosts ...node.ID) scenarios.Fault {
	return scenarios.Fault{Kind: kind, At: second(at), For: second(length), Hosts: hosts}
}

// operator is what an operator tells a server about origins.
func operator(kind scenarios.FaultKind, at int, host node.ID, origins ...uint32) scenarios.Fault {
	return scenarios.Fault{Kind: kind, At: second(at), Hosts: []node.ID{host}, Origins: origins}
}

func second(n int) scenarios.Span { return scenarios.Span(time.Duration(n) * time.Second) }
