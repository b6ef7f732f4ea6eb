package wire_test

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/wire"
)

// hostileCounts are short messages that claim a list of 2^40 elements, or bytes.
var hostileCounts = map[string]string{
	"updates":    "41 04 808080808020",
	"broadcasts": "41 04 00 808080808020",
	"metadata":   "41 04 01  05 09 0000000000000000 808080808020",
	"payload":    "41 04 00 01  05 0000000000000000 808080808020",
	"versions":   "42 01 808080808020 000000",
	"cloud":      "42 01 00 808080808020 0000",
	"entries":    "42 14 00 000000000000 00 808080808020 0000",
	"dots":       "42 14 00 000000000000 01 00 000000000000 02 01 00 808080808020",
	"siblings":   "42 14 00 000000000000 01 00 000000000000 02 01 00 01 01 02 808080808020",
}

// "memory grows with what was received and never with what was promised": what is made is the
// error, and the one element that some of these messages do begin.
func TestHostileCountsAllocateNothing(t *testing.T) {
	const runs, maxBytes = 100, 1 << 10
	for name, digits := range hostileCounts {
		b, m := unhex(digits), new(wire.Message)
		require.ErrorContains(t, wire.Parse(b, m), "found 1099511627776", name)
		allocated := allocatedBytes(func() {
			for range runs {
				_ = wire.Parse(b, m)
			}
		})
		require.Less(t, allocated/runs, uint64(maxBytes), name)
		require.LessOrEqual(t, cap(m.Swim.Updates)+cap(m.Swim.Broadcasts), 1, name)
		require.Zero(t, cap(m.Swim.Bytes)+cap(m.Gossip.Seen.Vector)+cap(m.Gossip.Seen.Cloud), name)
		require.LessOrEqual(t, cap(m.Gossip.Delta.Versions)+cap(m.Gossip.Delta.Entries), 2, name)
	}
}

func allocatedBytes(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestNothingIsAllocatedInTheSteadyState(t *testing.T) {
	for name, g := range goldens() {
		b, parsed := wire.Append(nil, g.message), new(wire.Message)
		for step, f := range map[string]func(){
			"append": func() { b = wire.Append(b[:0], g.message) },
			"size":   func() { wire.Size(g.message) },
			"parse": func() {
				parsed.Reset()
				if err := wire.Parse(b, parsed); err != nil {
					panic(err)
				}
			},
		} {
			require.Zero(t, testing.AllocsPerRun(100, f), "%s %s", step, name)
		}
	}
}
