package multicast

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

func clockAt(ms int) clock.Time { return clock.At(time.Duration(ms) * time.Millisecond) }

// In a quiet network everybody knows of every key what was found at most an interval ago, and the
// time it waited and travelled.
func TestInAQuietNetworkAllKnowEverything(t *testing.T) {
	for _, config := range []Config{
		{Keys: 20, Interval: 2 * time.Second},
		{Keys: 20, Interval: 2 * time.Second, Everywhere: true},
		{Keys: 20, Interval: 2 * time.Second, Batch: 300 * time.Millisecond},
		{Keys: 3, Interval: 2 * time.Second}, // fewer than servers
	} {
		g := newGroup(5, config, quiet)
		bound := config.Interval + config.Batch + latency
		for at := bound; at < 20*time.Second; at += 77 * time.Millisecond {
			g.advance(at)
			for server := range node.ID(5) {
				require.LessOrEqual(t, g.oldest(server), bound+at-g.Now().Since(), "%+v", config)
			}
		}
	}
}

// "Each result is sent n-1 times": of each check of ten intervals, to the datagram.
func TestTheCostIsEveryResultToEverybody(t *testing.T) {
	const hosts, keys, intervals = 5, 20, 10
	for everywhere, checks := range map[bool]int{false: keys, true: hosts * keys} {
		config := Config{Keys: keys, Interval: time.Second, Everywhere: everywhere}
		g := newGroup(hosts, config, func(spec *world.Spec[Message]) {
			spec.Duration = intervals * config.Interval
		})
		result := g.Run()
		require.EqualValues(t, checks*intervals*(hosts-1), result.Messages)
		each := float64(result.Bytes) / float64(result.Messages)
		require.InDelta(t, 13, each, 1, "9 bytes, and 1, 1 and 1 to 3 of a result")
	}
}

// A server checks every 10 ms. Of those checks 10 share a datagram, of the first 9.9 seconds.
func TestBatchingDividesTheDatagramsAndSavesHeaders(t *testing.T) {
	const hosts = 4
	cost := func(batch time.Duration) *world.Result {
		config := Config{Keys: hosts * 100, Interval: time.Second, Batch: batch}
		return newGroup(hosts, config, func(spec *world.Spec[Message]) {
			spec.Duration = 10 * time.Second
		}).Run()
	}
	alone, together := cost(0), cost(100*time.Millisecond)
	require.EqualValues(t, hosts*1000*(hosts-1), alone.Messages)
	require.EqualValues(t, hosts*99*(hosts-1), together.Messages)
	// 9 bytes in 10 datagrams become a distance of 4, in 9 of 10 results.
	require.InDelta(t, 0.62, float64(together.Bytes)/float64(alone.Bytes), 0.1)
}

// "With a loss q, the share q of servers is behind by an interval at any time, q² by two": of 5600
// pairs of a server and a key of another, within three standard deviations.
func TestWhatIsLostIsMissedUntilTheNextResult(t *testing.T) {
	config := Config{Keys: 800, Interval: 10 * time.Second}
	g := newGroup(8, config, func(spec *world.Spec[Message]) {
		spec.Network.Loss = rng.Percent(20)
	})
	g.advance(55 * time.Second)
	behind := [2]int{}
	for server := range g.servers {
		for key := range uint32(config.Keys) {
			r, _ := g.servers[server].Newest(key)
			age := g.Now().Sub(r.At)
			for intervals := range behind {
				if age > time.Duration(intervals+1)*config.Interval+latency {
					behind[intervals]++
				}
			}
		}
	}
	require.InDelta(t, 0.20*5600, behind[0], 3*30)
	require.InDelta(t, 0.04*5600, behind[1], 3*15)
}

// Server 0 is cut off for 20 seconds, server 1 restarts, server 2 stands still. Each knows what all
// know an interval after its fault is over, and not before.
func TestAfterFaultsAllIsKnownAgainWithinAnInterval(t *testing.T) {
	config := Config{Keys: 40, Interval: 4 * time.Second}
	at, length := span(10*time.Second), span(20*time.Second)
	g := newGroup(5, config, faults(
		scenarios.Fault{Kind: scenarios.Partition, At: at, For: length, Hosts: []node.ID{0}},
		scenarios.Fault{Kind: scenarios.Crash, At: at, For: length, Hosts: []node.ID{1}},
		scenarios.Fault{Kind: scenarios.Pause, At: at, For: length, Hosts: []node.ID{2}},
	))
	bound := config.Interval + latency
	g.advance(29 * time.Second)
	for server := range node.ID(5) {
		require.Greater(t, g.oldest(server), 18*time.Second, "nobody checks the keys of server 1")
	}
	g.advance(30*time.Second + 10*time.Millisecond)
	require.Greater(t, g.oldest(1), 29*time.Second, "a new life knows nothing")
	g.advance(30*time.Second + bound)
	for server := range node.ID(5) {
		require.LessOrEqual(t, g.oldest(server), bound)
	}
}

func TestTheCodecChangesNothing(t *testing.T) {
	config := Config{Keys: 100, Interval: time.Second, Batch: 50 * time.Millisecond}
	plain := newGroup(4, config, quiet).Run()
	coded := newGroup(4, config, func(spec *world.Spec[Message]) {
		spec.Codec = &world.Codec[Message]{Append: Append, Parse: Parse}
	}).Run()
	require.Equal(t, plain, coded, "fingerprint and bytes")
	_, divergence := world.Verify(func() *world.World[Message] {
		return newGroup(4, config, quiet).World
	})
	require.Nil(t, divergence)
}
