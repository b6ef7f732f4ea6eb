package everyone

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/scenarios"
	"butterfly/scenarios/rivals/station"
	"butterfly/scenarios/world"
)

// "With n servers each origin gets n probes an interval", and no message is sent.
func TestEveryServerChecksEveryOrigin(t *testing.T) {
	g := newGroup()
	g.advance(2)
	for id := range node.ID(servers) {
		require.True(t, g.server(id).Ready())
		require.Equal(t, configured, g.server(id).station.CheckingCount())
		for origin := range uint32(configured) {
			require.Equal(t, health.Healthy, g.server(id).Status(origin))
		}
	}
	result := g.Run()
	require.Zero(t, result.Messages)
}

// "No failure of a server or of the network between servers leaves an origin unchecked."
func TestNothingHasToBeTakenOver(t *testing.T) {
	g := newGroup(
		fault(scenarios.Crash, 20, 0, 0, 1),
		fault(scenarios.Partition, 20, 40, 2),
		scenarios.Fault{
			Kind: scenarios.OriginDown, At: second(30), For: second(20), Origins: []uint32{5},
		},
	)
	g.advance(34)
	for _, id := range []node.ID{2, 3} {
		require.Equal(t, configured, g.server(id).station.CheckingCount())
		require.Equal(t, health.Unhealthy, g.server(id).Status(5))
	}
	g.advance(53)
	require.Equal(t, health.Healthy, g.server(2).Status(5))
}

// "An operator who tells one server has told one server."
func TestARegistrationReachesOneServer(t *testing.T) {
	g := newGroup(operator(scenarios.Register, 20, 1, 9), operator(scenarios.Unregister, 20, 1, 0))
	g.advance(100)
	for id := range node.ID(servers) {
		s := g.server(id).station
		require.Equal(t, id == 1, s.Known(9))
		require.Equal(t, id == 1, s.Checking(9))
		require.Equal(t, id != 1, s.Checking(0))
	}
	require.Equal(t, health.Healthy, g.server(1).Status(9))
}

// "A new life of a server knows nothing of an origin before its own first result."
func TestANewLifeKnowsNothing(t *testing.T) {
	g := newGroup(fault(scenarios.Crash, 20, 10, 1))
	g.advance(30)
	require.Equal(t, health.Unknown, g.server(1).Status(3))
	g.advance(32)
	require.Equal(t, health.Healthy, g.server(1).Status(3))
}

// "It takes every origin for dead."
func TestALostNetworkCondemnsEveryOrigin(t *testing.T) {
	g := newGroup(fault(scenarios.Uplink, 20, 10, 1))
	g.advance(25)
	for origin := range uint32(configured) {
		require.Equal(t, health.Unhealthy, g.server(1).Status(origin))
		require.Equal(t, health.Healthy, g.server(2).Status(origin))
	}
}

func TestTwoRunsAreTheSame(t *testing.T) {
	result, divergence := world.Verify(func() *world.World[Message] {
		return newGroup(fault(scenarios.Crash, 20, 10, 1)).World
	})
	require.Nil(t, divergence)
	require.NotEqual(t, newGroup().Run().Fingerprint, result.Fingerprint)
}

func TestThereIsNothingToParse(t *testing.T) {
	require.NoError(t, Parse(Append(nil, &Message{}), &Message{}))
	require.ErrorIs(t, Parse([]byte{0}, &Message{}), station.ErrFormat)
}
