package agent

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/wire"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// An agent of an open group has a number for every server and a place for every origin there may be.
// What that weighs before anything has happened is for 65,536 servers below 2 MiB, and 128 bytes more
// for each origin: measured 1.7 MiB with 64 origins and 9.5 MiB with 65,536.
func TestRoomForManyServersAndOriginsWeighsLittle(t *testing.T) {
	for _, origins := range []int{64, 1 << 16} {
		config := DefaultConfig()
		config.OpenGroup = true
		config.Placement = NewPlacementBy(1<<16, origins, func(o uint32, server node.ID) uint64 {
			return rng.Mix(uint64(o)<<32 | uint64(server))
		})
		config.Swim.MaxMembers = 1 << 16
		before := heapBytes()
		a := New(config, 1<<16-1, rng.New(1))
		var out node.Out[wire.Message]
		a.Start(clock.Time(1e18), nil, &out)
		require.Less(t, heapBytes()-before, 2<<20+128*int64(origins))
		runtime.KeepAlive(a)
	}
}

func heapBytes() int64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}
