package leader

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/rendezvous"
	"butterfly/node/routing"
	"butterfly/scenarios"
	"butterfly/scenarios/rivals/station"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// newConfig is that of a cluster with origins of which all but the last two are configured.
func newConfig(servers, origins int) Config {
	config := DefaultConfig()
	config.Config = station.Config{
		Servers: servers, Origins: origins, Configured: make([]uint16, origins-2),
		Definitions: []health.Definition{health.DefaultDefinition()},
		Routing:     routing.DefaultConfig(),
		Score: func(origin uint32, server node.ID) uint64 {
			return rendezvous.Score(rendezvous.HashNumber(uint64(origin)),
				rendezvous.HashNumber(1<<32+uint64(server)))
		},
	}
	return config
}

const (
	servers = 4
	origins = 40
)

// group is a world of four servers and forty origins.
type group struct{ *world.World[Message] }

func specOf(faults ...scenarios.Fault) world.Spec[Message] {
	return world.Spec[Message]{
		Name: "leader", Seed: 1, Hosts: servers, Size: Size, Duration: 2 * time.Minute,
		Network: netmodel.Config{Latency: netmodel.Constant(time.Millisecond), MTU: 1400},
		Origins: world.Origins{
			Count: origins, Configured: origins - 2,
			RoundTrip: netmodel.Uniform(2*time.Millisecond, 80*time.Millisecond),
		},
		Faults: faults,
		Machine: func(self node.ID, rand rng.Rand) node.Machine[Message] {
			return New(newConfig(servers, origins), self, rand)
		},
	}
}

func newGroup(faults ...scenarios.Fault) *group { return &group{world.New(specOf(faults...))} }

// server is the machine of a host, nil while it is down.
func (g *group) server(id node.ID) *Server {
	s, _ := g.Machine(id).(*Server)
	return s
}

// advance plays until a number of milliseconds.
func (g *group) advance(ms int) { g.Advance(clock.At(time.Duration(ms) * time.Millisecond)) }

// checkers returns which of the servers that are up check origin.
func (g *group) checkers(origin uint32) (ids []node.ID) {
	for id := range node.ID(servers) {
		if s := g.server(id); s != nil && s.station.Checking(origin) {
			ids = append(ids, id)
		}
	}
	return ids
}

// most and least return how many servers check an origin, over all that are configured.
func (g *group) most() (count int) {
	for origin := range uint32(origins - 2) {
		count = max(count, len(g.checkers(origin)))
	}
	return count
}

func (g *group) least() int {
	count := servers
	for origin := range uint32(origins - 2) {
		count = min(count, len(g.checkers(origin)))
	}
	return count
}

// requireStatus requires what servers believe of an origin.
func (g *group) requireStatus(t *testing.T, want health.Status, origin uint32, ids ...node.ID) {
	t.Helper()
	for _, id := range ids {
		require.Equal(t, want, g.server(id).Status(origin), "server %d, origin %d", id, origin)
	}
}

func fault(kind scenarios.FaultKind, at, length int, hosts ...node.ID) scenarios.Fault {
	return scenarios.Fault{Kind: kind, At: second(at), For: second(length), Hosts: hosts}
}

// operator is what an operator tells a server about origins.
func operator(kind scenarios.FaultKind, at int, host node.ID, origins ...uint32) scenarios.Fault {
	return scenarios.Fault{Kind: kind, At: second(at), Hosts: []node.ID{host}, Origins: origins}
}

func second(n int) scenarios.Span { return scenarios.Span(time.Duration(n) * time.Second) }

// requireLeader requires whom servers follow.
func (g *group) requireLeader(t *testing.T, leader node.ID, ids ...node.ID) {
	t.Helper()
	for _, id := range ids {
		require.Equal(t, leader, g.server(id).leader, "server %d", id)
	}
}
