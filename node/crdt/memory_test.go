package crdt

import (
	"fmt"
	"runtime"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// heapBytes is what the reachable objects of the process take.
func heapBytes() int {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int(stats.HeapAlloc)
}

// bytesPerKey is what a replica takes for each key, without key and value.
func bytesPerKey(tb testing.TB, replicas, keys, writers int) int {
	tb.Helper()
	before := heapBytes()
	c := newCluster(tb, replicas, keys, writers)
	c.deltas = [2]Delta[uint32, uint8]{} // the replicas share them
	bytes := heapBytes() - before
	runtime.KeepAlive(c)
	return bytes/replicas/keys - int(unsafe.Sizeof(uint32(0))+unsafe.Sizeof(uint8(0)))
}

// "Memory per replica and key under 200 bytes beyond key and value"; and many replicas in one
// process are as fast as the caches let them be.
func TestReplicasAreSmall(t *testing.T) {
	require.Equal(t, uintptr(64), unsafe.Sizeof(entry[uint32, uint8]{}), "one cache line")
	require.Equal(t, uintptr(12), unsafe.Sizeof(record{}))
	require.Less(t, bytesPerKey(t, clusterReplicas, clusterKeys, 1), 120)
	require.Less(t, bytesPerKey(t, clusterReplicas, clusterKeys, 3), 120)
}

// Reports bytes/key: what a replica takes for each, without key and value.
func BenchmarkMemory(b *testing.B) {
	for _, writers := range []int{1, 3, 6} {
		b.Run(fmt.Sprint("writers=", writers), func(b *testing.B) {
			bytes := 0
			for b.Loop() {
				bytes = bytesPerKey(b, clusterReplicas, clusterKeys, writers)
			}
			b.ReportMetric(float64(bytes), "bytes/key")
		})
	}
}

// The same for 168 replicas of 20,000 keys.
func BenchmarkLargeMemory(b *testing.B) {
	bytes := 0
	for b.Loop() {
		bytes = bytesPerKey(b, 168, 20_000, 3)
	}
	b.ReportMetric(float64(bytes), "bytes/key")
}
