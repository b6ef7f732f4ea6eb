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
// Before the storm of the talk begins it is 226 bytes with 32 servers and 4,000 origins, and 198
// with the 64 and 10,000 of BUTTERFLY_FULL=1, where what each server keeps of all others weighs
// less. At the end of the run it is 284 bytes, and 288: what is left of the storm is in the maps, 25
// bytes of runs and 30 of journals with 64 servers. With 2,000 origins, among which what a server
// keeps of all others is divided, it is 311 bytes.
//
// A run allocates the same each time, whatever GOMAXPROCS is, but for how maps happen to split.
func TestMemoryIsBounded(t *testing.T) {
	const limit = 300
	s := ofSize(t, "talk", 32, 4_000)
	if os.Getenv("BUTTERFLY_FULL") == "1" {
		s = ofSize(t, "talk", 64, 10_000)
	}
	before := reachableBytes()
	run := Build(s, 1, Options{})
	for _, moment := range []struct {
		name string
		at   clock.Time
	}{
		{"before the storm", clock.At(2 * time.Minute)},
		{"after the storm", run.Ends()},
	} {
		run.Advance(moment.at)
		each := (reachableBytes() - before) / uint64(s.Servers*s.Origins)
		t.Logf("%s: %d bytes per origin and server", moment.name, each)
		require.Less(t, each, uint64(limit), moment.name)
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
