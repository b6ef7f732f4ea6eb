package netmodel_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim/rng"
)

// within999 is the half width of a 99.9 % confidence interval in standard deviations.
const within999 = 3.29

// requireBinomial fails unless hits out of n fits a chance, at 99.9 % confidence. Seeds are fixed,
// so that what passes once passes always.
func requireBinomial(t *testing.T, chance float64, hits, n int, what ...any) {
	t.Helper()
	deviation := math.Sqrt(float64(n) * chance * (1 - chance))
	require.InDelta(t, float64(n)*chance, float64(hits), within999*deviation, what...)
}

// 100,000 datagrams for each set of chances.
func TestMeasuredChances(t *testing.T) {
	const n = 100_000
	for name, config := range map[string]netmodel.Config{
		"rare":    {Loss: 100, Duplicate: 200, Reorder: 300},
		"usual":   {Loss: rng.Percent(1), Duplicate: rng.Percent(2), Reorder: rng.Percent(3)},
		"awful":   {Loss: rng.Percent(50), Duplicate: rng.Percent(60), Reorder: rng.Percent(70)},
		"certain": {Loss: 0, Duplicate: rng.Always, Reorder: rng.Always},
	} {
		config.ReorderBy = time.Millisecond
		net := netmodel.New(seed, 2, config)
		fates(net, 0, 1, n)
		got := net.Totals()
		survived := n - int(got.Lost)
		requireBinomial(t, float64(config.Loss)/1e6, int(got.Lost), n, name)
		requireBinomial(t, float64(config.Duplicate)/1e6, int(got.Duplicated), survived, name)
		requireBinomial(t, float64(config.Reorder)/1e6, int(got.Reordered), survived, name)
	}
}

// The first datagrams of 100,000 different links are as good a sample as 100,000 datagrams of one
// link.
func TestMeasuredChancesAcrossLinks(t *testing.T) {
	const hosts = 317
	net := netmodel.New(seed, hosts, netmodel.Config{Loss: rng.Percent(5)})
	for from := range node.ID(hosts) {
		for to := range node.ID(hosts) {
			net.Datagram(from, to, 1)
		}
	}
	requireBinomial(t, 0.05, int(net.Totals().Lost), hosts*hosts)
}

// Losses are independent: what follows a loss is lost no more often than anything else.
func TestLossesAreIndependent(t *testing.T) {
	const n = 100_000
	all := fates(netmodel.New(seed, 2, netmodel.Config{Loss: rng.Percent(20)}), 0, 1, n)
	lost, lostTwice := 0, 0
	for k, fate := range all[:n-1] {
		if fate.Drop == netmodel.Loss {
			lost++
			lostTwice += 1 - all[k+1].Copies
		}
	}
	requireBinomial(t, 0.2, lostTwice, lost)
}

func TestReorderedDatagramsAreOvertaken(t *testing.T) {
	net := netmodel.New(seed, 2, netmodel.Config{
		Latency: netmodel.Constant(time.Millisecond),
		Reorder: rng.Percent(10), ReorderBy: time.Second,
	})
	held := 0
	for _, fate := range fates(net, 0, 1, 1000) {
		if fate.Delay[0] != time.Millisecond {
			require.Equal(t, time.Second+time.Millisecond, fate.Delay[0])
			held++
		}
	}
	require.Equal(t, int64(held), net.Totals().Reordered)
	requireBinomial(t, 0.1, held, 1000)
}
