package netmodel_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/netmodel"
	"butterfly/sim/rng"
)

// troubles are one degradation of each sort.
var troubles = []netmodel.Degradation{
	{Burst: netmodel.Burst{Loss: rng.Percent(70), Good: 20, Bad: 5}},
	{Corrupt: rng.Percent(15)},
	{Reorder: rng.Percent(25), ReorderBy: time.Second},
	{Duplicate: rng.Percent(30), DuplicateBy: time.Minute},
}

// in returns a network with some of them, by the bits of a set.
func in(set int) *netmodel.Net {
	net := netmodel.New(seed, 2, datacentre())
	for i := range troubles {
		if set>>i&1 == 1 {
			net.Degrade(troubles[i])
		}
	}
	return net
}

// "Changing one chance therefore changes nothing else": with one more trouble each datagram has the
// fate it had without, but for what that trouble alone does, whatever others there are. 500
// datagrams for each set of the others.
func TestATroubleDoesNothingButItsOwn(t *testing.T) {
	for set := range 1 << len(troubles) {
		for one := range troubles {
			if set>>one&1 == 1 {
				continue
			}
			without, with := fates(in(set), 0, 1, 500), fates(in(set|1<<one), 0, 1, 500)
			require.NotEqual(t, without, with)
			for k := range with {
				requireOnly(t, one, without[k], with[k])
			}
		}
	}
}

// requireOnly checks what one trouble did to one datagram.
func requireOnly(t *testing.T, trouble int, was, is netmodel.Fate) {
	switch {
	case trouble == 0 && is.Drop == netmodel.Loss:
		return // whatever it was
	case trouble == 1 && is.Drop == netmodel.Corruption:
		require.Equal(t, netmodel.None, was.Drop)
		return
	case trouble == 2 && was.Copies > 0:
		require.GreaterOrEqual(t, is.Delay[0], was.Delay[0])
		require.LessOrEqual(t, is.Delay[0], was.Delay[0]+time.Second)
		is.Delay[0] = was.Delay[0]
	case trouble == 3 && was.Copies == 1 && is.Copies == 2:
		is.Copies, is.Delay[1] = 1, 0
	}
	require.Equal(t, was, is)
}

// Statistics are counterfactual, and a trouble in force is like a chance of the link: 50,000
// datagrams.
func TestTroublesStrikeTheirShares(t *testing.T) {
	const n = 50_000
	net := perfect(2)
	id := net.Degrade(netmodel.Degradation{
		Corrupt: rng.Percent(2), Reorder: rng.Percent(3), ReorderBy: time.Second,
		Duplicate: rng.Percent(4), DuplicateBy: time.Hour,
	})
	totals := netmodel.Totals{}
	for _, fate := range fates(net, 0, 1, n) {
		if fate.Drop == netmodel.Corruption {
			totals.Corrupted++
		}
		if fate.Delay[0] > 0 {
			totals.Reordered++
			require.LessOrEqual(t, fate.Delay[0], time.Second)
		}
		if fate.Copies == 2 {
			totals.Duplicated++
		}
	}
	got := net.Restore(id)
	require.Equal(t, netmodel.DegradationStats{
		Corrupted: int(totals.Corrupted), Reordered: int(totals.Reordered),
		Duplicated: int(totals.Duplicated),
	}, got)
	survived := n - got.Corrupted
	requireBinomial(t, 0.02, got.Corrupted, n)
	requireBinomial(t, 0.03, got.Reordered, survived)
	requireBinomial(t, 0.04, got.Duplicated, survived)
	require.Equal(t, totals.Corrupted, net.Totals().Corrupted)
	require.Equal(t, totals.Reordered, net.Totals().Reordered)
	require.Equal(t, totals.Duplicated, net.Totals().Duplicated)
}

// "Each value from 0 on is as likely as any other": half of 20,000 are in the first half, of what is
// held back and of what is replayed.
func TestLatenessIsUniform(t *testing.T) {
	const n = 20_000
	net := perfect(2)
	net.Degrade(netmodel.Degradation{
		Duplicate: rng.Always, DuplicateBy: time.Minute, Reorder: rng.Always, ReorderBy: time.Second,
	})
	early, replayedEarly := 0, 0
	for _, fate := range fates(net, 0, 1, n) {
		if fate.Delay[0] < time.Second/2 {
			early++
		}
		if fate.Delay[1] < time.Minute/2 {
			replayedEarly++
		}
	}
	requireBinomial(t, 0.5, early, n)
	requireBinomial(t, 0.5, replayedEarly, n)
}

// Streams "only get slower or fail": what troubles do to a segment is no better than it was.
func TestTroublesOnlySlowStreamsDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := rapid.IntRange(0, 1<<len(troubles)-1).Draw(t, "set")
		clean, troubled := netmodel.New(seed, 2, datacentre()), in(set)
		for range 50 {
			was, wasOK := clean.Segment(0, 1, 100)
			is, ok := troubled.Segment(0, 1, 100)
			require.False(t, ok && !wasOK)
			require.True(t, !ok || is >= was)
		}
	})
}

// One that is damaged is sent again: it fails only if all tries are damaged. 20,000 segments.
func TestADamagedSegmentIsSentAgain(t *testing.T) {
	const n = 20_000
	net := perfect(2)
	id := net.Degrade(netmodel.Degradation{Corrupt: rng.Percent(50)})
	failed := 0
	for range n {
		if _, ok := net.Segment(0, 1, 1); !ok {
			failed++
		}
	}
	requireBinomial(t, 1.0/64, failed, n)
	stats, totals := net.Restore(id), net.Totals()
	require.Equal(t, totals.Retransmissions+totals.GivenUp, int64(stats.Corrupted))
}
