package fullstate

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/wire"
	"butterfly/scenarios"
	"butterfly/scenarios/replicas"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

var _ interface {
	node.Machine[replicas.Message]
	node.Server[replicas.Message]
	node.Caller[replicas.Message]
	node.Digester
} = new(Replica)

// requireSame checks that all replicas hold the same.
func requireSame(t *testing.T, g *group) {
	want := g.replicas[0].Map()
	for _, r := range g.replicas[1:] {
		require.Equal(t, want.VersionHash(), r.Map().VersionHash())
		require.Equal(t, want.StateHash(), r.Map().StateHash())
	}
}

// "News travels as by pull, in as many rounds": at every moment each replica holds what it would
// hold if it had pulled only what it lacks.
func TestFullStatesAndDeltasGiveTheSameStatesAtTheSameTimes(t *testing.T) {
	full, deltas := newGroup(newConfig(20), true, quiet), newGroup(newConfig(20), false, quiet)
	parted := 0
	for at := time.Duration(0); at <= time.Minute; at += 100 * time.Millisecond {
		full.Advance(clock.At(at))
		deltas.Advance(clock.At(at))
		for id := range full.replicas {
			require.Equal(t, deltas.replicas[id].Digest(), full.replicas[id].Digest(), "at %v", at)
			if full.replicas[id].Digest() != full.replicas[0].Digest() {
				parted++
			}
		}
	}
	require.Greater(t, parted, 1000, "while there are writes the replicas differ")
	requireSame(t, full)
	require.Greater(t, full.Result().Bytes, 3*deltas.Result().Bytes)
}

// wholeState is what any replica answers once all have everything.
func wholeState(r *replicas.Replica) int {
	m := replicas.Message{Kind: gossip.Answer}
	r.Map().Answer(new(crdt.CausalContext), 0, &m.Delta)
	return wire.SizeReplica(&m)
}

// "With S bytes of map, n·S a period": to the byte, at rest.
func TestTheCostIsTheWholeMapForEveryServerAndPeriod(t *testing.T) {
	g := newGroup(newConfig(0), true, quiet)
	g.Advance(clock.At(30*time.Second - 1))
	requireSame(t, g)
	before := *g.Result()
	const periods = 10
	g.Advance(clock.At(30*time.Second - 1 + periods*period))
	after := g.Result()

	request := wire.SizeReplica(&replicas.Message{Kind: gossip.Pull})
	require.LessOrEqual(t, request, 4, "who has seen nothing has little to say")
	answer := wholeState(g.replicas[0])
	require.Greater(t, answer, keys*5)
	require.EqualValues(t, periods*hosts*2, after.Messages-before.Messages)
	require.EqualValues(t, periods*hosts*(request+answer), after.Bytes-before.Bytes)
}

func TestAfterFaultsAllHoldTheSameAgain(t *testing.T) {
	at, length := scenarios.Span(10*time.Second), scenarios.Span(20*time.Second)
	g := newGroup(newConfig(20), true, func(s *spec) {
		s.Network.Loss = rng.Percent(5)
		s.Faults = []scenarios.Fault{
			{Kind: scenarios.Partition, At: at, For: length, Hosts: []node.ID{0, 1}},
			{Kind: scenarios.Crash, At: at, For: length, Hosts: []node.ID{2}},
			{Kind: scenarios.Crash, At: at, For: length, Hosts: []node.ID{3}, Keep: true},
			{Kind: scenarios.Pause, At: at, For: length, Hosts: []node.ID{4}},
		}
	})
	g.Advance(clock.At(29 * time.Second))
	require.NotEqual(t, g.replicas[0].Map().VersionHash(), g.replicas[5].Map().VersionHash())
	g.Run()
	requireSame(t, g)
	require.NotZero(t, g.replicas[2].Map().Len(), "who lost its disk has the map")
}

// "Nothing is ever collected", and "an answer is not cut short", whatever the configuration says.
func TestTheConfigurationOfTheGossipIsOverruled(t *testing.T) {
	config := newConfig(0)
	config.Gossip.Mode, config.Gossip.Collect = gossip.PushPullMode, true
	config.Gossip.MaxEntries = 1
	overruled, plain := newGroup(config, true, quiet), newGroup(newConfig(0), true, quiet)
	require.Equal(t, plain.Run(), overruled.Run())
}

func TestTheCodecChangesNothing(t *testing.T) {
	coded := newGroup(newConfig(20), true, func(s *spec) {
		s.Codec = &world.Codec[replicas.Message]{
			Append: wire.AppendReplica, Parse: wire.ParseReplica,
		}
	})
	require.Equal(t, newGroup(newConfig(20), true, quiet).Run(), coded.Run())
	_, divergence := world.Verify(func() *world.World[replicas.Message] {
		return newGroup(newConfig(20), true, quiet).World
	})
	require.Nil(t, divergence)
}
