package crdt

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/rng"
)

// The size the map runs at: that of the talk's cluster.
const (
	clusterReplicas = 64
	clusterKeys     = 10_000
)

// cluster is many replicas of one map of small values, in one process.
type cluster struct {
	replicas []*Map[uint32, uint8]
	keys     int
	writers  int // that take turns with each key
	round    int
	deltas   [2]Delta[uint32, uint8]
	since    CausalContext
	merged   int // entries
}

// newCluster returns equal replicas of so many keys, each of which so many replicas have written.
func newCluster(tb testing.TB, replicas, keys, writers int) *cluster {
	tb.Helper()
	c := &cluster{keys: keys, writers: writers}
	for id := range replicas {
		c.replicas = append(c.replicas, New(NewActor(node.ID(id), 1), clusterConfig()))
	}
	for c.round = range writers {
		for k := range keys {
			c.put(k)
		}
		for i := range c.replicas {
			c.pull(0, i)
		}
		for i := range c.replicas {
			c.pull(i, 0)
		}
	}
	for _, m := range c.replicas {
		require.Equal(tb, min(keys, keys*writers), m.Len())
		require.Equal(tb, c.replicas[0].StateHash(), m.StateHash())
	}
	return c
}

func clusterConfig() Config[uint32, uint8] {
	return Config[uint32, uint8]{
		KeyHash:   func(k uint32) uint64 { return uint64(k) },
		ValueHash: func(v uint8) uint64 { return uint64(v) },
		Priority: func(k uint32, writer node.ID) uint64 {
			return rng.Mix(uint64(k)) ^ uint64(writer)
		},
	}
}

// put lets the writer whose turn it is write a key.
func (c *cluster) put(key int) {
	writer := (key + c.round%c.writers*21) % len(c.replicas)
	c.replicas[writer].Put(uint32(key), uint8(c.round))
}

func (c *cluster) pull(to, from int) {
	puller, delta := c.replicas[to], &c.deltas[c.round%2]
	puller.Context(&c.since)
	c.replicas[from].Answer(&c.since, 0, delta)
	if !puller.Apply(delta, func(key uint32) { puller.Get(key) }) {
		panic("an answer was refused")
	}
	c.merged += len(delta.Entries)
}

// gossip changes 2,000 keys and lets each replica pull once.
func (c *cluster) gossip() {
	c.round++
	for i := range 2_000 {
		c.put((c.round*3_989 + i*7) % c.keys)
	}
	for to := range c.replicas {
		step := 1 + int(rng.Mix(uint64(c.round))%uint64(len(c.replicas)-1))
		c.pull(to, (to+step)%len(c.replicas))
	}
}

// One pull of each of 64 replicas of 10,000 keys, after 2,000 keys changed: no cache holds them
// all.
func BenchmarkSpread(b *testing.B) {
	for _, writers := range []int{1, 3, 6} {
		b.Run(fmt.Sprint("writers=", writers), func(b *testing.B) {
			c := newCluster(b, clusterReplicas, clusterKeys, writers)
			for range 4 * writers {
				c.gossip()
			}
			c.merged = 0
			b.ReportAllocs()
			for b.Loop() {
				c.gossip()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(c.merged), "ns/entry")
		})
	}
}
