package netmodel_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim/rng"
)

// wifi is bad Wi-Fi: a packet in 100 turns a good link bad, one in 4 a bad one good.
var wifi = netmodel.Burst{Loss: rng.Always, Good: 100, Bad: 4}

// bursting returns a network with nothing but bursts.
func bursting(hosts int, b netmodel.Burst) *netmodel.Net {
	net := perfect(hosts)
	net.Degrade(netmodel.Degradation{Burst: b})
	return net
}

// share is the stationary share of packets that find a link bad: Bad / (Good + Bad).
func share(b netmodel.Burst) float64 { return float64(b.Bad) / float64(b.Good+b.Bad) }

// runs returns the lengths of what was lost and of what was not, one after the other, without the
// first and the last, whose ends are not known.
func runs(all []netmodel.Fate) (lost, kept []int) {
	begin := -1
	for k := 1; k < len(all); k++ {
		if all[k].Drop == all[k-1].Drop {
			continue
		}
		if begin >= 0 && all[begin].Drop == netmodel.Loss {
			lost = append(lost, k-begin)
		} else if begin >= 0 {
			kept = append(kept, k-begin)
		}
		begin = k
	}
	return lost, kept
}

// requireGeometric fails unless lengths fit a geometric distribution with a mean, at 99.9 %.
func requireGeometric(t *testing.T, mean int, lengths []int) {
	t.Helper()
	sum := 0
	for _, length := range lengths {
		sum += length
	}
	deviation := math.Sqrt(float64(mean*(mean-1)) / float64(len(lengths)))
	require.InDelta(t, mean, float64(sum)/float64(len(lengths)), within999*deviation)
}

// "1 in Good that a good link has turned bad and of 1 in Bad that a bad one has turned good": where
// a bad link loses everything, losses show its state. 200,000 datagrams for each pair of lengths.
func TestBurstsHaveTheirMeanLengths(t *testing.T) {
	const n = 200_000
	for _, b := range []netmodel.Burst{
		wifi, {Loss: rng.Always, Good: 2, Bad: 2}, {Loss: rng.Always, Good: 500, Bad: 50},
	} {
		lost, kept := runs(fates(bursting(2, b), 0, 1, n))
		require.Greater(t, len(lost), 100, "%v", b)
		requireGeometric(t, b.Bad, lost)
		requireGeometric(t, b.Good, kept)
	}
}

// "bad = Bad / (Good + Bad), lost = bad * Loss". 400,000 datagrams of one link. They are worth the
// fewer independent ones the longer a state lasts: by (1+r) / (1-r) where r = 1 - 1/Good - 1/Bad is
// the correlation of one packet's state with that of the next.
func TestBurstsLoseTheirStationaryShare(t *testing.T) {
	const n = 400_000
	for _, loss := range []rng.PPM{rng.Always, rng.Percent(40)} {
		b := wifi
		b.Loss = loss
		net := bursting(2, b)
		fates(net, 0, 1, n)
		r := 1 - 1/float64(b.Good) - 1/float64(b.Bad)
		mean := share(b) * float64(loss) / 1e6
		deviation := math.Sqrt(mean * (1 - mean) * (1 + r) / (1 - r) / n)
		require.InDelta(t, mean, float64(net.Totals().Lost)/n, within999*deviation)
	}
}

// "As if the link had always been there": the first datagrams of 100,489 links find it bad as often
// as any others.
func TestBurstsAreStationaryFromTheFirstPacket(t *testing.T) {
	const hosts = 317
	net := bursting(hosts, wifi)
	for from := range node.ID(hosts) {
		for to := range node.ID(hosts) {
			net.Datagram(from, to, 1)
		}
	}
	requireBinomial(t, share(wifi), int(net.Totals().Lost), hosts*hosts)
}

// "The state depends on nothing but the link and the step, not on when bursts began nor on the
// faults that were in force before."
func TestABurstThatBeginsLaterFindsTheSameStates(t *testing.T) {
	const n, before = 3_000, 1_234
	want := fates(bursting(2, wifi), 0, 1, n)
	net := perfect(2)
	fates(net, 0, 1, before)
	other := net.Degrade(netmodel.Degradation{Burst: netmodel.Burst{Loss: 1, Good: 7, Bad: 3}})
	net.Degrade(netmodel.Degradation{Burst: wifi})
	net.Restore(other)
	require.Equal(t, want[before:], fates(net, 0, 1, n-before))
}

func TestEachLinkIsBadAtTimesOfItsOwn(t *testing.T) {
	net := bursting(3, wifi)
	forth, back, other := fates(net, 0, 1, 500), fates(net, 1, 0, 500), fates(net, 0, 2, 500)
	require.NotEqual(t, forth, back)
	require.NotEqual(t, forth, other)
	require.NotEqual(t, back, other)
}

// A longer burst only adds: what is lost in bursts of 4 packets is lost in bursts of 40.
func TestLongerBurstsLoseWhatShorterOnesDo(t *testing.T) {
	longer := wifi
	longer.Bad *= 10
	short, long := fates(bursting(2, wifi), 0, 1, 5_000), fates(bursting(2, longer), 0, 1, 5_000)
	for k := range short {
		if short[k].Drop == netmodel.Loss {
			require.Equal(t, netmodel.Loss, long[k].Drop)
		}
	}
	require.NotEqual(t, short, long)
}

// A segment that meets a burst is sent again, and comes through when the burst is over, or never.
func TestBurstsSlowStreamsDownOrBreakThem(t *testing.T) {
	const n = 20_000
	net, late, failed := bursting(2, netmodel.Burst{Loss: rng.Always, Good: 100, Bad: 5}), 0, 0
	for range n {
		delay, ok := net.Segment(0, 1, 1)
		if !ok {
			failed++
		} else if delay > 0 {
			late++
		}
	}
	require.NotZero(t, late)
	// Its first try finds the link bad, and so do the five others: the link stays bad five times.
	// 20,000 segments; neighbours meet the same burst, with a correlation of at most 0.79^6 = 0.24.
	chance := 5.0 / 105 * math.Pow(0.8, netmodel.MaxTries-1)
	deviation := math.Sqrt(chance * (1 - chance) * n * (1 + 0.24) / (1 - 0.24))
	require.InDelta(t, chance*n, failed, within999*deviation)
}

func TestBurstValidate(t *testing.T) {
	require.NoError(t, new(netmodel.Burst{}).Validate())
	require.NoError(t, new(wifi).Validate())
	wrong := netmodel.Burst{Loss: rng.Always + 1, Good: 1, Bad: 1_001}
	require.ErrorContains(t, wrong.Validate(), "burst loss: 100.0001% is more than 100%")
	require.ErrorContains(t, wrong.Validate(), "burst: good: 1 packets, expected 2 to 1000000")
	require.ErrorContains(t, wrong.Validate(), "burst: bad: 1001 packets, expected 2 to 1000")
}
