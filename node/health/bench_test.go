package health

import (
	"fmt"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

const benchServers, benchOrigins = 64, 10_000

// settled returns one server of 64 over 10,000 origins, in a view that all share, with every origin
// claimed by its owner: it checks some 160 of them.
func settled() *Checks {
	c := joining()
	for id := range node.ID(benchServers) {
		c.MemberUp(0, id, firstLife)
	}
	for origin := range uint32(benchOrigins) {
		c.Claimed(0, origin, claimBy(c.Owner(origin), firstLife, Healthy))
	}
	c.Activate(0)
	return c
}

func joining() *Checks {
	return registered(DefaultConfig(), 0, firstLife, benchOrigins, hashed, 7)
}

// probeOnce goes on to the next probe and answers it.
func probeOnce(c *Checks) bool {
	now := c.Next()
	probe, ok := c.Due(now)
	c.Probed(now, node.ProbeResult{Origin: probe.Origin, Token: probe.Token, Outcome: node.Succeeded})
	return ok
}

// "the hot path allocates nothing in the steady state"
func TestProbingDoesNotAllocate(t *testing.T) {
	c := settled()
	require.InDelta(t, benchOrigins/benchServers, c.CheckingCount(), 63) // 5 deviations of 12.4
	c.TakeEvents()
	require.Zero(t, testing.AllocsPerRun(1000, func() {
		if !probeOnce(c) {
			t.Fatal("nothing to probe")
		}
	}))
}

// A member that comes and goes over and over leaves nothing behind.
func TestMemberChangesDoNotAllocate(t *testing.T) {
	c := settled()
	change := func() {
		c.MemberDown(0, 1)
		c.MemberUp(0, 1, firstLife)
		for origin := range uint32(benchOrigins) {
			c.Claimed(0, origin, claimBy(c.Owner(origin), firstLife, Healthy))
		}
		c.TakeEvents()
	}
	change()
	require.Zero(t, testing.AllocsPerRun(2, change))
}

// 24 bytes of an origin, 8 of a place and 2 for its turn in the queue of waits: 34 in all. While it
// waits 16 more, and while it is probed 40 of a target, 16 for its tick and 2 for its turn.
func TestStatePerOriginIsSmall(t *testing.T) {
	require.EqualValues(t, 24, unsafe.Sizeof(origin{}))
	require.EqualValues(t, 8, unsafe.Sizeof(place{}))
	require.EqualValues(t, 2, unsafe.Sizeof(newQueue(1, 0).turns[0]))
	require.EqualValues(t, 40, unsafe.Sizeof(target{}))
	require.EqualValues(t, 16, unsafe.Sizeof(queued{}))
}

func BenchmarkProbe(b *testing.B) {
	for _, servers := range []int{64, 1} { // 160 and 10,000 origins to check
		b.Run(fmt.Sprintf("checked=%d", benchOrigins/servers), func(b *testing.B) {
			c := settled()
			for id := node.ID(servers); id < benchServers; id++ {
				c.MemberDown(0, id)
			}
			c.TakeEvents()
			b.ReportAllocs()
			for b.Loop() {
				probeOnce(c)
			}
		})
	}
}

func BenchmarkMemberDownAndUp(b *testing.B) {
	c, now := settled(), clock.Time(0)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		id := node.ID(1 + i%(benchServers-1))
		now = now.Add(time.Millisecond)
		c.MemberDown(now, id)
		c.MemberUp(now, id, firstLife)
		c.TakeEvents()
	}
}

// BenchmarkJoin is a server from its start to its first probes: 63 members, 10,000 claims.
func BenchmarkJoin(b *testing.B) {
	owner := joining()
	for id := range node.ID(benchServers) {
		owner.MemberUp(0, id, firstLife)
	}
	claims := make([]Claim, benchOrigins)
	for origin := range claims {
		claims[origin] = claimBy(owner.Owner(uint32(origin)), firstLife, Healthy)
	}
	b.ReportAllocs()
	for b.Loop() {
		c := joining()
		for id := range node.ID(benchServers) {
			c.MemberUp(0, id, firstLife)
		}
		for origin, claim := range claims {
			c.Claimed(0, uint32(origin), claim)
		}
		c.Activate(0)
	}
}

// BenchmarkProbeInACluster probes at 64 servers in turn, as a simulation does: what one needs has
// left the caches meanwhile.
func BenchmarkProbeInACluster(b *testing.B) {
	servers := make([]*Checks, benchServers)
	for id := range servers {
		servers[id] = settled()
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		probeOnce(servers[i%benchServers])
	}
}
