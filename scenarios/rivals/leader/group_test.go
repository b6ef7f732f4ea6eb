package leader

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

// Server 0 steps up after the time-out of 5 s, at its next round, and gathers for 2 s; a follower
// has its orders an interval later, probes within another one, reports by the next and is told by
// the one after.
func TestTheLowestIDLeadsAndHandsOutTheWork(t *testing.T) {
	g := newGroup()
	g.PlayTo(7000)
	require.Zero(t, g.Most())
	g.PlayTo(13_100)
	require.Equal(t, 1, g.Least())
	require.Equal(t, 1, g.Most())
	g.requireLeader(t, 0, 0, 1, 2, 3)
	for id := range node.ID(servers) {
		require.True(t, g.server(id).Ready())
		require.NotZero(t, g.server(id).station.CheckingCount())
	}
	for origin := range uint32(origins - 2) {
		require.Equal(t, []node.ID{g.server(0).lead.shares.Owner(origin)}, g.Checkers(origin))
		g.requireStatus(t, health.Healthy, origin, 0, 1, 2, 3)
	}
}

// "Its share is checked by nobody for the time-out and up to two intervals."
func TestTheShareOfADeadFollowerIsHandedOutAgain(t *testing.T) {
	g := newGroup(testbed.Fault(scenarios.Crash, 20, 0, 2))
	g.PlayTo(24_000)
	require.Zero(t, g.Least())
	g.PlayTo(27_100)
	require.Equal(t, 1, g.Least())
	require.Equal(t, 1, g.Most())
}

// The followers go on; the share of the leader waits for the time-out, the gathering and the
// intervals.
func TestTheNextStepsUpWhenTheLeaderDies(t *testing.T) {
	g := newGroup(testbed.Fault(scenarios.Crash, 20, 0, 0))
	g.PlayTo(20_000)
	shares := [servers]int{}
	for id := node.ID(1); id < servers; id++ {
		shares[id] = g.server(id).station.CheckingCount()
	}
	for ms := 20_000; ms < 26_000; ms += 100 {
		g.PlayTo(ms)
		require.Zero(t, g.Least())
		for id := node.ID(1); id < servers; id++ {
			require.Equal(t, shares[id], g.server(id).station.CheckingCount())
		}
	}
	g.PlayTo(30_000)
	g.requireLeader(t, 1, 1, 2, 3)
	require.Equal(t, 1, g.Least())
	require.Equal(t, 1, g.Most())
}

// "Nothing that anybody finds out reaches anybody else" while there is no leader, and all of it
// once there is one again.
func TestWithoutALeaderNewsDoNotTravel(t *testing.T) {
	quiet := newGroup()
	quiet.PlayTo(20_000)
	down := uint32(0)
	for quiet.server(0).lead.shares.Owner(down) != 3 {
		down++
	}
	g := newGroup(testbed.Fault(scenarios.Crash, 20, 0, 0), scenarios.Fault{
		Kind: scenarios.OriginDown, At: testbed.Seconds(20), For: testbed.Seconds(90),
		Origins: []uint32{down},
	})
	g.PlayTo(26_900)
	g.requireStatus(t, health.Unhealthy, down, 3)
	g.requireStatus(t, health.Healthy, down, 1, 2)
	g.PlayTo(31_000)
	g.requireStatus(t, health.Unhealthy, down, 1, 2, 3)
}

// "After a partition each side has its own leader, and each checks everything"; then "the last one
// that stepped up leads all".
func TestEachSideHasALeaderAndTheLaterOneLeadsAll(t *testing.T) {
	g := newGroup(testbed.Fault(scenarios.Partition, 20, 30, 0, 1))
	g.PlayTo(32_000)
	g.requireLeader(t, 0, 0, 1)
	g.requireLeader(t, 2, 2, 3)
	for origin := range uint32(origins - 2) {
		checkers := g.Checkers(origin)
		require.Len(t, checkers, 2)
		require.True(t, checkers[0] < 2 && checkers[1] >= 2, "one on each side")
	}
	g.PlayTo(54_000)
	g.requireLeader(t, 2, 0, 1, 2, 3)
	require.Equal(t, 1, g.Least())
	require.Equal(t, 1, g.Most())
}

// A server that is alone leads itself, and is led again when it is back.
func TestWhoIsAloneChecksEverything(t *testing.T) {
	g := newGroup(testbed.Fault(scenarios.Partition, 20, 30, 3))
	g.PlayTo(35_000)
	g.requireLeader(t, 3, 3)
	require.Equal(t, origins-2, g.server(3).station.CheckingCount())
	g.PlayTo(55_000)
	require.Equal(t, 1, g.Most())
}

// A follower stands still for three seconds, a leader for twenty: nobody takes all others for dead,
// and in the end there is one leader.
func TestWhoStoodStillDoesNotCondemnTheOthers(t *testing.T) {
	g := newGroup(testbed.Fault(scenarios.Pause, 20, 20, 0), testbed.Fault(scenarios.Pause, 60, 3, 2))
	g.PlayTo(39_900)
	g.requireLeader(t, 1, 1, 2, 3)
	share := g.server(0).station.CheckingCount()
	for ms := 39_900; ms < 41_000; ms += 10 {
		g.PlayTo(ms)
		require.LessOrEqual(t, g.server(0).station.CheckingCount(), share)
	}
	g.PlayTo(45_000)
	g.requireLeader(t, 1, 0, 1, 2, 3)
	require.Equal(t, 1, g.Most())
	before := g.server(2).station.CheckingCount()
	g.PlayTo(66_000)
	g.requireLeader(t, 1, 0, 1, 2, 3)
	require.Equal(t, before, g.server(2).station.CheckingCount())
}

// "So that a server which has lost its memory does not lead in an old term again."
func TestANewLifeOfTheLeaderFollows(t *testing.T) {
	g := newGroup(testbed.Fault(scenarios.Crash, 20, 2, 0))
	g.PlayTo(40_000)
	g.requireLeader(t, g.server(0).leader, 0, 1, 2, 3)
	require.Equal(t, 1, g.Least())
	require.Equal(t, 1, g.Most())
	for origin := range uint32(origins - 2) {
		g.requireStatus(t, health.Healthy, origin, 0, 1, 2, 3)
	}
}

// All know of a change a fall (three intervals), a report and an order after it.
func TestWhatOneServerFindsAllKnow(t *testing.T) {
	down := []uint32{3, 4, 5, 6, 7, 8}
	g := newGroup(scenarios.Fault{
		Kind: scenarios.OriginDown, At: testbed.Seconds(20), For: testbed.Seconds(20), Origins: down,
	})
	g.PlayTo(20_000 + 3500 + 2100)
	for _, origin := range down {
		g.requireStatus(t, health.Unhealthy, origin, 0, 1, 2, 3)
	}
	g.PlayTo(40_000 + 2100 + 2100)
	for _, origin := range down {
		g.requireStatus(t, health.Healthy, origin, 0, 1, 2, 3)
	}
}

// Told to a follower and to the leader; and known to a server that starts anew after the one that
// was told has died.
func TestRegistrationsReachAll(t *testing.T) {
	g := newGroup(
		testbed.Operator(scenarios.Register, 20, 1, origins-1),
		testbed.Operator(scenarios.Register, 20, 0, origins-2),
		testbed.Operator(scenarios.Unregister, 20, 1, 0),
		testbed.Fault(scenarios.Crash, 30, 0, 1), testbed.Fault(scenarios.Crash, 40, 5, 3))
	for _, seconds := range []int{24, 60} {
		g.PlayTo(seconds * 1000)
		require.Len(t, g.Checkers(origins-1), 1)
		require.Len(t, g.Checkers(origins-2), 1)
		require.Empty(t, g.Checkers(0))
		g.requireStatus(t, health.Healthy, origins-1, 0, 2, 3)
		require.False(t, g.server(3).station.Known(0))
	}
}

// An origin is removed and registered again: nobody is left with what was known before, or without
// what is known now.
func TestAnOriginThatIsRegisteredAgainIsKnownAgain(t *testing.T) {
	for host := range node.ID(2) {
		g := newGroup(
			testbed.Operator(scenarios.Unregister, 20, host, 0, 1, 2, 3, 4, 5),
			testbed.Operator(scenarios.Register, 20, host, 0, 1, 2, 3, 4, 5),
		)
		g.PlayTo(25_000)
		for origin := range uint32(6) {
			require.Len(t, g.Checkers(origin), 1)
			g.requireStatus(t, health.Healthy, origin, 0, 1, 2, 3)
		}
	}
}

// "A leader that sends and does not hear": the others still do what they were told, and so
// everything is checked, but nobody learns of what they find.
func TestADeafLeaderChecksAloneAndPassesNothingOn(t *testing.T) {
	cut := testbed.Fault(scenarios.Partition, 20, 90, 1, 2, 3)
	cut.OneWay = true
	g := newGroup(cut)
	g.PlayTo(60_000)
	g.requireLeader(t, 0, 0, 1, 2, 3)
	require.Equal(t, origins-2, g.server(0).station.CheckingCount())
	require.Equal(t, 2, g.Most())
}

// At rest a round is a beat of 9 bytes, a report of at most 17 and orders of at most 16 for each
// follower: a term takes 7 bytes at most and everything else one or two.
func TestTheCostAtRestIsSmall(t *testing.T) {
	result := newGroup().Run()
	require.InDelta(t, 3*(servers-1)*113, result.Messages, 3*(servers-1)*3)
	require.Less(t, float64(result.Bytes)/float64(result.Messages), 14.0)
}

func TestTheCodecChangesNothing(t *testing.T) {
	spec := specOf(
		testbed.Fault(scenarios.Crash, 20, 10, 0), testbed.Fault(scenarios.Partition, 40, 20, 0),
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
		"leader: interval is 0s, expected more than 0s": func(c *Config) { c.Interval = 0 },
		"leader: timeout is 999ms, expected at least the interval of 1s": func(c *Config) {
			c.Timeout = 999 * time.Millisecond
		},
		"leader: rank wait is -1ns, expected 0s or more": func(c *Config) { c.RankWait = -1 },
		"leader: gather is 999ms, expected at least the interval of 1s": func(c *Config) {
			c.Gather = 999 * time.Millisecond
		},
		"station: 0 servers, expected 1 to 1048576": func(c *Config) { c.Servers = 0 },
	} {
		bad := good
		spoil(&bad)
		require.EqualError(t, bad.Validate(), want)
	}
}
