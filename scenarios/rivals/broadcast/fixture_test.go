package broadcast

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/scenarios"
	"butterfly/scenarios/rivals/testbed"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

const (
	servers = testbed.Servers
	origins = testbed.Origins
)

// newConfig is that of a cluster with origins of which all but the last two are configured.
func newConfig(servers, origins int) Config {
	config := DefaultConfig()
	config.Config = testbed.Config(servers, origins)
	return config
}

func specOf(faults ...scenarios.Fault) world.Spec[Message] {
	return testbed.Spec(func(self node.ID, rand rng.Rand) node.Machine[Message] {
		return New(newConfig(servers, origins), self, rand)
	}, Size, faults...)
}

// group is a data centre with servers of this design.
type group struct{ *testbed.Group[Message] }

func newGroup(faults ...scenarios.Fault) *group { return &group{testbed.New(specOf(faults...))} }

// server is the machine of a host, nil while it is down.
func (g *group) server(id node.ID) *Server {
	s, _ := g.Machine(id).(*Server)
	return s
}

// requireStatus requires what servers believe of an origin.
func (g *group) requireStatus(t *testing.T, want health.Status, origin uint32, ids ...node.ID) {
	t.Helper()
	for _, id := range ids {
		require.Equal(t, want, g.server(id).Status(origin), "server %d, origin %d", id, origin)
	}
}
