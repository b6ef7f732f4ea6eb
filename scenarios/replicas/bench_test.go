package replicas

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/sim/clock"
)

// scale is a group that is written to 100 times a second, of so many servers and keys.
func scale(tb testing.TB, servers, keys int) scenarios.Scenario {
	return catalogued(tb, "map-steady", "writes=100", "duration=1h",
		fmt.Sprint("servers=", servers), fmt.Sprint("keys=", keys))
}

// BenchmarkScale plays one virtual second per iteration, from the end of the first minute on: a
// pull a second of every server, and every write reaching all. "checked" is with all checkers,
// "bare" with the one that tells whether the replicas converge.
func BenchmarkScale(b *testing.B) {
	for _, size := range []struct{ servers, keys int }{{64, 10_000}, {168, 20_000}} {
		s := scale(b, size.servers, size.keys)
		name := fmt.Sprintf("%dx%d", size.servers, size.keys)
		b.Run(name+"/checked", func(b *testing.B) { benchmarkScale(b, s, false) })
		b.Run(name+"/bare", func(b *testing.B) { benchmarkScale(b, s, true) })
	}
}

func benchmarkScale(b *testing.B, s scenarios.Scenario, bare bool) {
	b.ReportAllocs()
	w := begin(s, bare)
	w.Advance(clock.At(time.Minute))
	for b.Loop() {
		w.Advance(w.Now().Add(time.Second))
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "virtual-s/s")
}

// begin makes the world of a scenario, with all its checkers or next to none.
func begin(s scenarios.Scenario, bare bool) *World {
	g := newGroup(s, 1)
	spec := g.spec(Options{})
	if bare {
		spec.Checkers = []checkers.Checker{checkers.NewConvergence(g.bounds.Settle())}
	}
	return g.start(spec)
}

// "memory per replica and key under 200 bytes beyond key and value": 4 bytes and 8. All of a world
// counts, its network and its queue included, after a minute in which every sixth key of 64 servers
// was written again.
func TestMemoryPerReplicaAndKey(t *testing.T) {
	const servers, keys = 64, 2500
	before := heap()
	w := begin(scale(t, servers, keys), true)
	w.Advance(clock.At(time.Minute))
	perKey := float64(heap()-before) / (servers * keys)
	runtime.KeepAlive(w)
	require.Less(t, perKey, 200.0+4+8)
	require.Greater(t, perKey, 4.0+8, "a replica holds what it was given")
}

// heap is how many bytes are in use.
func heap() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
