package cluster

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
)

// boundsOf returns those of a scenario with the given faults.
func boundsOf(servers int, faults ...scenarios.Fault) Bounds {
	s := scenarios.Scenario{Servers: servers, Origins: 100, Faults: faults}
	config := Config(&s)
	return NewBounds(&s, &config)
}

// Every term by hand, from the defaults: a protocol period of 1 s, suspicion of up to 7 * 4 * max(1,
// log10 n) periods, exchanges of tables every 5 s in a group of 5 and 10 s in one of 64, of which each
// third heals, a pull a second.
func TestBoundsTermByTerm(t *testing.T) {
	for _, c := range []struct {
		servers int
		alone   time.Duration // 2n periods to come to each, and its suspicion
		rounds  int           // ceil log2 n, and its own length in bits, and 1, and 16
		sync    time.Duration
	}{
		{5, 10*time.Second + 28*time.Second, 3 + 2 + 1 + 16, 5 * time.Second},
		{64, 128*time.Second + 7*7224*time.Millisecond, 6 + 3 + 1 + 16, 10 * time.Second},
	} {
		b := boundsOf(c.servers)
		require.InDelta(t, c.alone.Seconds(), b.Alone.Seconds(), 0.1, "%d servers", c.servers)
		require.Equal(t, time.Duration(c.rounds)*time.Second+2*time.Second, b.Spread)
		require.Equal(t, 5*time.Second, b.Join)
		require.Equal(t, 4*1200*time.Millisecond+500*time.Millisecond, b.Verdict,
			"fall 3 and one, jittered by up to 200 ms, and a time-out")
		require.Equal(t, 2*3*c.sync+b.Detection.Spread+c.sync, b.Heal)
		require.Zero(t, b.Pause)

		require.Equal(t, b.Detection.Total()+b.Heal, b.Membership())
		require.Equal(t, max(b.Membership(), b.Alone), b.Completeness())
		require.Equal(t, b.Membership()+b.Join+b.Verdict+b.Spread, b.Ownership())
		require.Equal(t, b.Ownership()+b.Spread, b.Convergence())
		require.Equal(t, b.Spread+b.Join, b.Notice)
		require.Equal(t, b.Verdict+b.Spread, b.Known())
		require.Equal(t, b.Gap.Total()+b.Extra(1), b.Checked(1))
		require.Equal(t, b.Ownership()+b.Verdict+b.Spread, b.Truth())
		require.Equal(t, b.Truth(), b.Settle())
		require.Len(t, b.Lines(), 4)
	}
}

// Pauses at once count once; a partition makes the small side's view count.
func TestBoundsFollowThePlan(t *testing.T) {
	hosts := []node.ID{0}
	calm := boundsOf(64)
	paused := boundsOf(64,
		scenarios.Fault{Kind: scenarios.Pause, For: scenarios.Span(7 * time.Second), Hosts: hosts},
		scenarios.Fault{Kind: scenarios.Pause, For: scenarios.Span(3 * time.Second), Hosts: hosts},
		scenarios.Fault{Kind: scenarios.Crash, For: scenarios.Span(time.Minute), Hosts: hosts})
	require.Equal(t, 7*time.Second, paused.Pause)
	require.Equal(t, calm.Gap.Total()+7*time.Second, paused.Gap.Total())
	require.Equal(t, calm.Ownership()+7*time.Second, paused.Ownership())

	cut := boundsOf(64,
		scenarios.Fault{Kind: scenarios.Partition, For: scenarios.Span(time.Minute), Hosts: hosts})
	require.Equal(t, calm.Gap, cut.Gap)
	require.Zero(t, cut.Extra(64))
	require.Equal(t, calm.Alone-calm.Detection.Total(), cut.Extra(1), "as long as each needs alone")
	require.Equal(t, cut.Detection.FirstProbe, cut.Extra(32), "half as many, twice as long")
}

// A server that hears others and cannot be heard by them is told of whoever comes back or refutes, and
// has to find out about them again.
func TestWhatHappensDuringAOneWayCutCostsADetection(t *testing.T) {
	cut := scenarios.Fault{
		Kind: scenarios.Partition, At: scenarios.Span(time.Minute), For: scenarios.Span(time.Minute),
		Hosts: []node.ID{0}, OneWay: true,
	}
	crash := scenarios.Fault{
		Kind: scenarios.Crash, At: scenarios.Span(50 * time.Second),
		For: scenarios.Span(20 * time.Second), Hosts: []node.ID{1},
	}
	calm, both := boundsOf(8), boundsOf(8, cut, crash)
	require.Equal(t, calm.Detection.Total(), both.Rumour)
	require.Equal(t, calm.Gap.Total()+both.Rumour, both.Gap.Total())

	require.Zero(t, boundsOf(8, cut).Rumour)
	late := crash
	late.At = cut.End() + 1
	require.Zero(t, boundsOf(8, cut, late).Rumour, "after the cut")
	cut.OneWay = false
	require.Zero(t, boundsOf(8, cut, crash).Rumour)
}

// Bounds grow with the cluster, and slowly: the spread and the suspicion with its logarithm.
func TestBoundsGrowSlowly(t *testing.T) {
	last := boundsOf(1)
	for servers := 2; servers <= 4096; servers *= 2 {
		b := boundsOf(servers)
		require.GreaterOrEqual(t, b.Settle(), last.Settle())
		require.GreaterOrEqual(t, b.Spread, last.Spread)
		require.LessOrEqual(t, b.Spread-last.Spread, 2*time.Second, "%d servers", servers)
		last = b
	}
}

// A run whose last fault ends too late to be judged is vacuous: no seed may plan one.
func TestCatalogueLeavesTimeToSettle(t *testing.T) {
	for _, s := range scenarios.Clusters() {
		for seed := range uint64(50) {
			c := plan(s, seed)
			end := c.scenario.Healed().Duration() + c.bounds.Settle()
			require.LessOrEqual(t, end, s.Duration.Duration(), "%s, seed %d", s.Name, seed)
		}
	}
}
