package netmodel_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim/rng"
)

// calls returns what becomes of the first count calls on a link.
func calls(net *netmodel.Net, from, to node.ID, count int) []bool {
	all := make([]bool, count)
	for k := range all {
		all[k] = net.Call(from, to)
	}
	return all
}

// 100,000 calls for each chance.
func TestMeasuredCallLoss(t *testing.T) {
	const n = 100_000
	for _, loss := range []rng.PPM{100, rng.Percent(1), rng.Percent(10), rng.Percent(50), rng.Always} {
		net := netmodel.New(seed, 2, netmodel.Config{CallLoss: loss})
		answered := 0
		for _, ok := range calls(net, 0, 1, n) {
			if ok {
				answered++
			}
		}
		requireBinomial(t, float64(loss)/1e6, n-answered, n, loss)
		require.Equal(t, int64(n-answered), net.Totals().CallsLost)
	}
}

func TestCallsAreNotLostWithoutCallLoss(t *testing.T) {
	net := netmodel.New(seed, 2, datacentre())
	require.NotContains(t, calls(net, 0, 1, 1000), false)
	require.Zero(t, net.Totals().CallsLost)
}

// "The fate of the k-th message on a directed link depends only on (seed, link, k)": the luck of
// calls is their own, and takes nothing from that of datagrams and segments.
func TestCallsHaveLuckOfTheirOwn(t *testing.T) {
	lossy := datacentre()
	lossy.CallLoss = rng.Percent(50)
	with, without := netmodel.New(seed, 10, lossy), netmodel.New(seed, 10, datacentre())
	forth := calls(with, 0, 1, 200)
	require.Contains(t, forth, true)
	require.Contains(t, forth, false)
	require.NotEqual(t, forth, calls(with, 1, 0, 200))
	require.NotEqual(t, forth, calls(with, 0, 2, 200))
	require.Equal(t, forth, calls(netmodel.New(seed, 10_000, lossy), 0, 1, 200))

	require.Equal(t, fates(without, 0, 1, 200), fates(with, 0, 1, 200))
	for range 200 {
		delay, ok := without.Segment(0, 1, 1000)
		sameDelay, sameOK := with.Segment(0, 1, 1000)
		require.Equal(t, delay, sameDelay)
		require.Equal(t, ok, sameOK)
	}
}

// "Raising it only adds: what was lost at 1 % is lost at 2 %."
func TestMoreCallLossOnlyAdds(t *testing.T) {
	few := calls(netmodel.New(seed, 2, netmodel.Config{CallLoss: rng.Percent(10)}), 0, 1, 1000)
	many := calls(netmodel.New(seed, 2, netmodel.Config{CallLoss: rng.Percent(30)}), 0, 1, 1000)
	require.NotEqual(t, few, many)
	for k, answered := range many {
		require.True(t, few[k] || !answered, "call %d is lost at 10 %% but not at 30 %%", k)
	}
}

func TestAnOverrideHasACallLossOfItsOwn(t *testing.T) {
	net := netmodel.New(seed, 3, netmodel.Config{})
	net.Override(0, 1, netmodel.Config{CallLoss: rng.Always})
	require.False(t, net.Call(0, 1))
	require.True(t, net.Call(1, 0))
	require.True(t, net.Call(0, 2))
}
