package broadcast

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/scenarios"
	"butterfly/scenarios/rivals/testbed"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// "Listen for a time-out; then take part."
func TestAllBeginAfterATimeOutAndShareTheWork(t *testing.T) {
	g := newGroup()
	g.PlayTo(4900)
	require.Zero(t, g.Most())
	g.PlayTo(10_000)
	require.Equal(t, 1, g.Least())
	require.Equal(t, 1, g.Most())
	for origin := range uint32(origins - 2) {
		require.Equal(t, []node.ID{g.server(0).shares.Owner(origin)}, g.Checkers(origin))
		g.requireStatus(t, health.Healthy, origin, 0, 1, 2, 3)
	}
}

// The share of a server that has died is checked by nobody for the time-out and up to a round more,
// which comes an interval after the last one at the latest; then by those who rank next.
func TestTheShareOfADeadServerIsTakenOverAfterATimeOut(t *testing.T) {
	g := newGroup(testbed.Fault(scenarios.Crash, 20, 0, 2))
	g.PlayTo(20_000)
	require.Zero(t, g.Least())
	g.PlayTo(20_000 + 3900)
	require.Zero(t, g.Least(), "server 2 was heard a second ago at most")
	g.PlayTo(20_000 + 6100)
	require.Equal(t, 1, g.Least())
	require.Equal(t, 1, g.Most())
}

// Others take over its share while it is down and while it listens, and it has learned of every
// origin by the time it takes its share back.
func TestANewLifeListensAndThenTakesItsShare(t *testing.T) {
	g := newGroup(testbed.Fault(scenarios.Crash, 20, 10, 2))
	for ms := 30_000; ms < 35_000; ms += 100 {
		g.PlayTo(ms)
		require.Zero(t, g.server(2).station.CheckingCount(), "it listens")
		require.Equal(t, 1, g.Least())
	}
	g.requireStatus(t, health.Healthy, 7, 2)
	g.PlayTo(37_000)
	require.NotZero(t, g.server(2).station.CheckingCount())
	require.Equal(t, 1, g.Least())
	require.Equal(t, 1, g.Most())
}

// Each side checks everything, and when the network is whole again nothing is checked twice.
func TestBothSidesOfAPartitionCheckEverything(t *testing.T) {
	g := newGroup(testbed.Fault(scenarios.Partition, 20, 30, 0, 1))
	g.PlayTo(27_000)
	for origin := range uint32(origins - 2) {
		checkers := g.Checkers(origin)
		require.Len(t, checkers, 2)
		require.True(t, checkers[0] < 2 && checkers[1] >= 2, "one on each side")
	}
	g.PlayTo(51_100)
	require.Equal(t, 1, g.Least())
	require.Equal(t, 1, g.Most())
}

// Server 1 stands still for 20 seconds. "A server that comes to its round more than an interval
// late stood still itself": it does not take the others for dead when it wakes up.
func TestWhoStoodStillDoesNotCondemnTheOthers(t *testing.T) {
	g := newGroup(testbed.Fault(scenarios.Pause, 20, 20, 1))
	g.PlayTo(39_900)
	share := g.server(1).station.CheckingCount()
	for ms := 40_000; ms < 45_000; ms += 50 {
		g.PlayTo(ms)
		require.Equal(t, share, g.server(1).station.CheckingCount())
	}
	require.Equal(t, 1, g.Most())
}

// All know of a change a fall (three intervals) and a round after it.
func TestWhatOneServerFindsAllKnow(t *testing.T) {
	g := newGroup(scenarios.Fault{
		Kind: scenarios.OriginDown, At: testbed.Seconds(20), For: testbed.Seconds(20),
		Origins: []uint32{3, 4, 5},
	})
	g.PlayTo(20_000 + 3500 + 1100)
	for _, origin := range []uint32{3, 4, 5} {
		g.requireStatus(t, health.Unhealthy, origin, 0, 1, 2, 3)
	}
	g.PlayTo(40_000 + 2100 + 1100)
	for _, origin := range []uint32{3, 4, 5} {
		g.requireStatus(t, health.Healthy, origin, 0, 1, 2, 3)
	}
}

func TestRegistrationsReachAll(t *testing.T) {
	register := testbed.Operator(scenarios.Register, 20, 1, origins-1)
	remove := testbed.Operator(scenarios.Unregister, 20, 1, 0)
	g := newGroup(register, remove,
		scenarios.Fault{Kind: scenarios.Crash, At: testbed.Seconds(30), Hosts: []node.ID{1}},
		testbed.Fault(scenarios.Crash, 40, 5, 3))
	g.PlayTo(23_000)
	require.Len(t, g.Checkers(origins-1), 1)
	require.Empty(t, g.Checkers(0))
	g.requireStatus(t, health.Healthy, origins-1, 0, 1, 2, 3)
	g.PlayTo(60_000)
	require.True(t, g.server(3).station.Known(origins-1), "by those whom the origins belong to")
	require.False(t, g.server(3).station.Known(0))
	require.Len(t, g.Checkers(origins-1), 1)
}

// "An operator's word is lost with the server it was told, if that dies before its next round."
func TestAnOperatorsWordCanBeLost(t *testing.T) {
	spec := specOf(
		testbed.Operator(scenarios.Register, 20, 1, origins-1),
		scenarios.Fault{
			Kind: scenarios.Crash, At: testbed.Seconds(20) + 1, Hosts: []node.ID{1},
		},
	)
	g := &group{testbed.New(spec)}
	g.PlayTo(60_000)
	require.Empty(t, g.Checkers(origins-1))
}

// "Being alive is not the same as checking": the server whose share the origin is does not hear of
// it, is heard itself, and nobody steps in.
func TestWhoIsAliveIsTrustedWithWhatItDoesNotKnow(t *testing.T) {
	owner := newGroup()
	owner.PlayTo(10_000)
	id := owner.server(0).shares.Owner(origins - 1)
	others := []node.ID{}
	for other := range node.ID(servers) {
		if other != id {
			others = append(others, other)
		}
	}
	cut := testbed.Fault(scenarios.Partition, 15, 60, others...) // the owner hears nobody
	cut.OneWay = true
	g := newGroup(cut, scenarios.Fault{
		Kind: scenarios.Register, At: testbed.Seconds(20), Hosts: others[:1],
		Origins: []uint32{origins - 1},
	})
	g.PlayTo(70_000)
	for _, other := range others {
		require.True(t, g.server(other).station.Known(origins-1))
	}
	require.Empty(t, g.Checkers(origins-1))
}

// "With a loss of q and a time-out of k intervals a live server is dropped q^k of the time": at 60
// % and 5 intervals 8 % for each of 12 pairs, so that within two minutes some origin is checked
// twice, and with the steps of this test none by nobody.
func TestLossChecksTwiceAndNotLess(t *testing.T) {
	spec := specOf()
	spec.Network.Loss = rng.Percent(60)
	g := &group{testbed.New(spec)}
	g.PlayTo(15_000)
	twice := false
	for ms := 15_000; ms < 120_000; ms += 500 {
		g.PlayTo(ms)
		twice = twice || g.Most() > 1
	}
	require.True(t, twice)
}

// "K results from each of n servers to n-1 others, whether or not they say anything new": of 9 or
// 10 origins each a result of three bytes, and seven more a datagram.
func TestTheCostIsEverythingToEverybody(t *testing.T) {
	g := newGroup()
	result := g.Run()
	rounds := 120 - 5
	require.InDelta(t, servers*(servers-1)*rounds, result.Messages, 2*servers*(servers-1))
	require.InDelta(t, 9.5*3+7, float64(result.Bytes)/float64(result.Messages), 3)
}

func TestTheCodecChangesNothing(t *testing.T) {
	spec := specOf(
		testbed.Fault(scenarios.Crash, 20, 10, 2), testbed.Fault(scenarios.Partition, 40, 20, 0),
		testbed.Operator(scenarios.Register, 50, 0, origins-1))
	spec.Network.Loss = rng.Percent(5)
	plain := world.New(spec).Run()
	spec.Codec = &world.Codec[Message]{Append: Append, Parse: Parse}
	require.Equal(t, plain, world.New(spec).Run(), "fingerprint and bytes")
	_, divergence := world.Verify(func() *world.World[Message] { return world.New(spec) })
	require.Nil(t, divergence)
}

func TestConfigurationsThatMeanNothingAreRefused(t *testing.T) {
	good := newConfig(servers, origins)
	require.NoError(t, good.Validate())
	for want, spoil := range map[string]func(*Config){
		"broadcast: interval is 0s, expected more than 0s": func(c *Config) { c.Interval = 0 },
		"broadcast: timeout is 999ms, expected at least the interval of 1s": func(c *Config) {
			c.Timeout = 999 * time.Millisecond
		},
		"station: 0 servers, expected 1 to 1048576": func(c *Config) { c.Servers = 0 },
	} {
		bad := good
		spoil(&bad)
		require.EqualError(t, bad.Validate(), want)
	}
}
