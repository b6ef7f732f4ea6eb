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
	require.Equal(t, uintptr(12), unsafe.Sizeof(slot[uint16]{}))
	require.Equal(t, uintptr(40), unsafe.Sizeof(entry[uint32, uint16]{}))
	require.Equal(t, uintptr(8), unsafe.Sizeof(record(0)))
	const replicas = 8
	require.Less(t, bytesPerKey(t, replicas, clusterKeys, 1), 70)
	require.Less(t, bytesPerKey(t, replicas, clusterKeys, 3), 110)
}

// No entry is at a place that a record has no room for.
func TestThereIsRoomForMaxKeys(t *testing.T) {
	m, other := New(NewActor(0, 1), clusterConfig()), New(NewActor(1, 1), clusterConfig())
	m.Put(0, 1)
	m.index.keys = MaxKeys
	require.Panics(t, func() { m.Put(1, 1) })
	m.Put(0, 2)

	var delta Delta[uint32, uint8]
	other.Put(0, 3)
	other.Answer(contextOf(m), 0, &delta)
	require.True(t, m.Apply(&delta, nil))
	other.Put(1, 1)
	other.Answer(contextOf(m), 0, &delta)
	require.False(t, m.Apply(&delta, nil))
}

// Reports bytes/key: what a replica takes for each, without key and value.
func BenchmarkMemory(b *testing.B) {
	for _, writers := range []int{1, 3, 6} {
		b.Run(fmt.Sprint("writers=", writers), func(b *testing.B) {
			bytes := 0
			for b.Loop() {
				bytes = bytesPerKey(b, clusterReplicas, benchmarked(clusterKeys), writers)
			}
			b.ReportMetric(float64(bytes), "bytes/key")
		})
	}
}

// The same for 168 replicas of 20,000 keys.
func BenchmarkLargeMemory(b *testing.B) {
	bytes := 0
	for b.Loop() {
		bytes = bytesPerKey(b, 168, benchmarked(20_000), 3)
	}
	b.ReportMetric(float64(bytes), "bytes/key")
}

// benchmarked is how many keys of so many a benchmark takes: few with -short, which is to show no
// more than that it runs.
func benchmarked(keys int) int {
	if testing.Short() {
		return keys / 50
	}
	return keys
}
