package testbed

import (
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/rendezvous"
	"butterfly/node/routing"
	"butterfly/scenarios"
	"butterfly/scenarios/rivals/station"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

const (
	// Servers is how many servers there are.
	Servers = 4
	// Origins is how many origins there are, and Configured how many of them the servers know of
	// from the start: those of the lowest numbers.
	Origins    = 40
	Configured = Origins - unregistered

	unregistered = 2
)

// Config is what servers are configured with: so many servers, and so many origins of which all but
// the last two are configured.
func Config(servers, origins int) station.Config {
	return station.Config{
		Servers: servers, Origins: origins, Configured: make([]uint16, origins-unregistered),
		Definitions: []health.Definition{health.DefaultDefinition()},
		Routing:     routing.DefaultConfig(),
		Score: func(origin uint32, server node.ID) uint64 {
			return rendezvous.Score(rendezvous.HashNumber(uint64(origin)),
				rendezvous.HashNumber(1<<32+uint64(server)))
		},
	}
}

// Spec is two minutes of the data centre. build makes one life of a server.
func Spec[M any](
	build func(self node.ID, rand rng.Rand) node.Machine[M], size func(*M) int,
	faults ...scenarios.Fault,
) world.Spec[M] {
	return world.Spec[M]{
		Name: "testbed", Seed: 1, Hosts: Servers, Size: size, Duration: 2 * time.Minute,
		Network: netmodel.Config{Latency: netmodel.Constant(time.Millisecond), MTU: 1400},
		Origins: world.Origins{
			Count: Origins, Configured: Configured,
			RoundTrip: netmodel.Uniform(2*time.Millisecond, 80*time.Millisecond),
		},
		Faults: faults, Machine: build,
	}
}

// Fault is one that happens to hosts after so many seconds, for so many.
func Fault(kind scenarios.FaultKind, at, length int, hosts ...node.ID) scenarios.Fault {
	return scenarios.Fault{Kind: kind, At: Seconds(at), For: Seconds(length), Hosts: hosts}
}

// Operator is what an operator tells a server about origins after so many seconds.
func Operator(kind scenarios.FaultKind, at int, host node.ID, origins ...uint32) scenarios.Fault {
	return scenarios.Fault{Kind: kind, At: Seconds(at), Hosts: []node.ID{host}, Origins: origins}
}

// Seconds is so many of them.
func Seconds(n int) scenarios.Span { return scenarios.Span(time.Duration(n) * time.Second) }
