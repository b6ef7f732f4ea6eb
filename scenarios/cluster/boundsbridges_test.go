package cluster

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
)

// "But for a chance of a millionth of a percent": (1 - r/n) to the power of the draws.
func TestHowOftenOneHasToDraw(t *testing.T) {
	for others := 1; others < 200; others++ {
		for reached := 1; reached < others; reached++ {
			exact := math.Log(1e-8) / math.Log(1-float64(reached)/float64(others))
			require.InDelta(t, exact, draws(reached, others), 1.01, "%d of %d", reached, others)
		}
		require.Equal(t, 1, draws(others, others))
	}
}

// A pull that comes to nothing takes 2 s until it times out, and a period of 1 s at most until the next.
func TestHowLongNewsTakesThroughBridges(t *testing.T) {
	const each, spread = 3 * time.Second, 24 * time.Second
	cut := func(at, length scenarios.Span, hosts, others []node.ID) scenarios.Fault {
		return scenarios.Fault{
			Kind: scenarios.Partition, At: at, For: length, Hosts: hosts, Others: others,
		}
	}
	ids := func(all ...node.ID) []node.ID { return all }
	oneWay := cut(minute, 10*minute, ids(3), ids(0, 2, 4))
	oneWay.OneWay = true
	for why, c := range map[string]struct {
		faults []scenarios.Fault
		takes  time.Duration
	}{
		"nothing is parted":            {nil, 0},
		"two sides, and no bridge":     {[]scenarios.Fault{cut(minute, minute, ids(3), nil)}, 0},
		"the same, said the other way": {[]scenarios.Fault{cut(minute, minute, nil, ids(3))}, 0},
		"nobody is left between":       {[]scenarios.Fault{cut(minute, minute, ids(3), ids(0, 1, 2, 4))}, 0},
		"one of four can be reached":   {[]scenarios.Fault{cut(minute, 10*minute, ids(3), ids(0, 2, 4))}, 65 * each},
		"streams need both ways":       {[]scenarios.Fault{oneWay}, 65 * each},
		"three of four":                {[]scenarios.Fault{cut(minute, 10*minute, ids(3), ids(0))}, 14 * each},
		"the bridge is over before":    {[]scenarios.Fault{cut(minute, minute/2, ids(3), ids(0, 2, 4))}, 30 * time.Second},
		"two of four, one by each of two bridges": {[]scenarios.Fault{
			cut(minute, 10*minute, ids(3), ids(0)), cut(2*minute, minute, ids(3), ids(2)),
		}, 27 * each},
		"alone for a while": {[]scenarios.Fault{
			cut(minute, 10*minute, ids(3), ids(0)), cut(2*minute, minute, ids(3), nil),
		}, 65 * each},
	} {
		s := small(t, "bridge", "servers=5")
		s.Storm, s.Faults = nil, c.faults
		config := Config(&s)
		require.Equal(t, c.takes, throughBridges(&s, &config, spread), why)
		b := NewBounds(&s, &config)
		require.Equal(t, b.Verdict+b.Spread+c.takes, b.Known(), why)
	}
}
