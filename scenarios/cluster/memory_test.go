package cluster

import (
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/sim/clock"
)

// "Memory under 300 bytes per origin and server", of all that a run keeps: the servers, their world
// and the checkers. Counted is what can be reached; the garbage collector lets the heap grow to
// twice that.
//
// It is so until the storm of the talk begins: 288 bytes with 32 servers and 2,000 origins, 254
// with the 64 and 10,000 of BUTTERFLY_FULL=1, where what each server keeps of all others weighs
// less. At the end of the run it is not: 389 to 394 bytes, and 385. The memory of large answers has
// been given back by then; but the checkers of the map remember what was written, and with many
// servers the replicas still hold, of each key, what the writers before the last one wrote: to find
// out that everybody has seen it takes longer than is left after the storm. The second limit keeps
// that from growing.
//
// A run allocates the same each time, whatever GOMAXPROCS is, but for how maps happen to split.
// Between the most that was seen of a dozen runs and the limits are 4 % and 6 %.
func TestMemoryIsBounded(t *testing.T) {
	s := ofSize(t, "talk", 32, 2_000)
	if os.Getenv("BUTTERFLY_FULL") == "1" {
		s = ofSize(t, "talk", 64, 10_000)
	}
	before := reachableBytes()
	run := Build(s, 1, Options{})
	for _, moment := range []struct {
		name  string
		at    clock.Time
		limit uint64
	}{
		{"before the storm", clock.At(2 * time.Minute), 300},
		{"after the storm", run.Ends(), 420},
	} {
		run.Advance(moment.at)
		each := (reachableBytes() - before) / uint64(s.Servers*s.Origins)
		t.Logf("%s: %d bytes per origin and server", moment.name, each)
		require.Less(t, each, moment.limit, moment.name)
	}
	runtime.KeepAlive(run)
}

// ofSize returns a scenario of the catalogue at its full length.
func ofSize(t *testing.T, name string, servers, origins int) scenarios.Scenario {
	s := catalogued(t, name)
	s.Servers, s.Origins = servers, origins
	require.NoError(t, s.Validate())
	return s
}

// reachableBytes is what the objects take that the process still refers to. What a finalizer or a
// pool has held on to goes with the second collection.
func reachableBytes() uint64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
