package netmodel_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim/rng"
)

// "Wonky rack: 40-80 machines see 50 % packet loss" (Jeff Dean on a cluster's first year, 2008).
// Between a link's own 10 % and the rack's 50 %, 55 % are lost: 1 - 0.9 * 0.5. 50,000 datagrams a
// link.
func TestWonkyRackLosesHalfOfItsDatagrams(t *testing.T) {
	const n = 50_000
	net := netmodel.New(seed, 4, netmodel.Config{Loss: rng.Percent(10)})
	net.Degrade(netmodel.Degradation{A: []node.ID{0, 1}, Loss: rng.Percent(50)})
	for _, link := range []struct {
		from, to node.ID
		chance   float64
	}{{0, 2, 0.55}, {2, 1, 0.55}, {0, 1, 0.55}, {2, 3, 0.1}} {
		before := net.Totals().Lost
		fates(net, link.from, link.to, n)
		requireBinomial(t, link.chance, int(net.Totals().Lost-before), n, "%v", link)
	}
}

func TestOneWayDegradation(t *testing.T) {
	net := perfect(2)
	net.Degrade(netmodel.Degradation{A: []node.ID{0}, OneWay: true, Loss: rng.Always})
	require.Equal(t, netmodel.Loss, net.Datagram(0, 1, 1).Drop)
	require.Equal(t, netmodel.None, net.Datagram(1, 0, 1).Drop)
}

// The statistics of a degradation are counterfactual: what it took is exactly what the same seed
// delivers without it.
func TestDegradationCountsWhatWouldNotHaveHappenedWithoutIt(t *testing.T) {
	const n = 2_000
	clean, degraded := netmodel.New(seed, 2, datacentre()), netmodel.New(seed, 2, datacentre())
	id := degraded.Degrade(netmodel.Degradation{
		Loss: rng.Percent(20), Duplicate: rng.Percent(30), Latency: netmodel.Constant(time.Second),
	})
	var want netmodel.DegradationStats
	for range n {
		was, is := clean.Datagram(0, 1, 1), degraded.Datagram(0, 1, 1)
		want.Delayed += is.Copies
		if is.Drop != netmodel.None {
			want.Lost += min(was.Copies, 1)
			continue
		}
		require.NotZero(t, was.Copies, "a degradation never saves a datagram")
		want.Duplicated += is.Copies - was.Copies
		require.Equal(t, was.Delay[0]+time.Second, is.Delay[0])
	}
	require.Equal(t, want, degraded.Restore(id))
	require.NotZero(t, want.Lost*want.Duplicated)
	require.Zero(t, degraded.Restore(id), "it is not in force any more")
	require.Equal(t, clean.Datagram(0, 1, 1), degraded.Datagram(0, 1, 1))
}

func TestEndingOneDegradationLeavesTheLuckOfTheOthers(t *testing.T) {
	slow := netmodel.Degradation{Latency: netmodel.Uniform(0, time.Second)}
	slower := netmodel.Degradation{Latency: netmodel.Uniform(0, time.Minute)}
	delays := func(faults ...netmodel.Degradation) (all []time.Duration) {
		net := netmodel.New(seed, 2, datacentre())
		for _, fault := range faults {
			net.Degrade(fault)
		}
		for range 100 {
			delay, _ := net.Segment(0, 1, 1)
			all = append(all, delay)
		}
		return all
	}
	none, one, other, both := delays(), delays(slow), delays(slower), delays(slow, slower)
	for k := range none {
		require.Equal(t, other[k]-none[k], both[k]-one[k])
	}
	require.NotEqual(t, none, one)
}

func TestDegradationValidate(t *testing.T) {
	require.NoError(t, (&netmodel.Degradation{Loss: rng.Always}).Validate())
	wrong := netmodel.Degradation{Loss: rng.Always + 1, Latency: netmodel.Constant(-1)}
	require.ErrorContains(t, wrong.Validate(), "loss: 100.0001% is more than 100%")
	require.ErrorContains(t, wrong.Validate(), "latency -1ns")
}

// "The size in bytes of the largest datagram that passes": streams pass whatever their size, and the
// next datagrams have the luck they would have had.
func TestADegradationLimitsTheSizeOfDatagrams(t *testing.T) {
	clean, degraded := netmodel.New(seed, 2, datacentre()), netmodel.New(seed, 2, datacentre())
	id := degraded.Degrade(netmodel.Degradation{A: []node.ID{0}, OneWay: true, MTU: 99})
	require.Equal(t, netmodel.TooBig, degraded.Datagram(0, 1, 100).Drop)
	_, ok := degraded.Segment(0, 1, 100)
	require.True(t, ok)
	require.NotEqual(t, netmodel.TooBig, degraded.Datagram(1, 0, 100).Drop)
	clean.Datagram(0, 1, 99)
	for range 20 {
		require.Equal(t, clean.Datagram(0, 1, 99), degraded.Datagram(0, 1, 99))
	}
	require.Equal(t, netmodel.DegradationStats{TooBig: 1}, degraded.Restore(id))
}
