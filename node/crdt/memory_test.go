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
func bytesPerKey(tb testing.TB, writers int) int {
	tb.Helper()
	const replicas = 64 // that share one delta
	before := heapBytes()
	c := newCluster(tb, replicas, writers)
	c.deltas = [2]Delta[uint32, uint8]{}
	bytes := heapBytes() - before
	runtime.KeepAlive(c)
	return bytes/replicas/clusterKeys - int(unsafe.Sizeof(uint32(0))+unsafe.Sizeof(uint8(0)))
}

// Many replicas in one process are as fast as the caches let them be.
func TestReplicasAreSmall(t *testing.T) {
	require.Equal(t, uintptr(64), unsafe.Sizeof(entry[uint32, uint8]{}), "one cache line")
	require.Equal(t, uintptr(12), unsafe.Sizeof(record{}))
	require.Less(t, bytesPerKey(t, 1), 120)
	require.Less(t, bytesPerKey(t, 3), 120)
}

// Reports bytes/key: what a replica of 10,000 keys takes for each, without key and value.
func BenchmarkMemory(b *testing.B) {
	for _, writers := range []int{1, 3, 6} {
		b.Run(fmt.Sprint("writers=", writers), func(b *testing.B) {
			bytes := 0
			for b.Loop() {
				bytes = bytesPerKey(b, writers)
			}
			b.ReportMetric(float64(bytes), "bytes/key")
		})
	}
}
