package netmodel_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/sim/rng"
)

// samples draws 100,000 delays.
func samples(latency netmodel.Latency) []time.Duration {
	draw := rng.New(seed)
	all := make([]time.Duration, 100_000)
	for i := range all {
		all[i] = latency.Sample(&draw)
	}
	return all
}

// requireQuantile fails unless a share of all samples is below value, at 99.9 % confidence.
func requireQuantile(t *testing.T, share, value float64, all []time.Duration) {
	t.Helper()
	below := 0
	for _, d := range all {
		if float64(d) < value {
			below++
		}
	}
	requireBinomial(t, share, below, len(all), "quantile %v", share)
}

// requireMean fails unless the samples fit a mean and a standard deviation, at 99.9 % confidence.
func requireMean(t *testing.T, mean, deviation float64, all []time.Duration) {
	t.Helper()
	sum := 0.0
	for _, d := range all {
		sum += float64(d)
	}
	n := float64(len(all))
	require.InDelta(t, mean, sum/n, within999*deviation/math.Sqrt(n))
}

func TestConstantLatency(t *testing.T) {
	for _, d := range samples(netmodel.Constant(3 * time.Millisecond))[:10] {
		require.Equal(t, 3*time.Millisecond, d)
	}
}

func TestUniformLatency(t *testing.T) {
	const low, high = 1e6, 3e6
	all := samples(netmodel.Uniform(low, high))
	requireMean(t, (low+high)/2, (high-low)/math.Sqrt(12), all)
	for _, share := range []float64{0.01, 0.1, 0.5, 0.9, 0.99} {
		requireQuantile(t, share, low+share*(high-low), all)
	}
}

func TestUniformLatencyReachesBothEnds(t *testing.T) {
	seen := map[time.Duration]bool{}
	for _, d := range samples(netmodel.Uniform(7, 9)) {
		seen[d] = true
	}
	require.Equal(t, map[time.Duration]bool{7: true, 8: true, 9: true}, seen)
}

// The quantile z deviations from the middle of a log-normal distribution is median * exp(z *
// sigma), its mean median * exp(sigma^2/2).
func TestLogNormalLatency(t *testing.T) {
	const median, sigma = 500e3, 0.8
	all := samples(netmodel.LogNormal(median, 800))
	mean := median * math.Exp(sigma*sigma/2)
	requireMean(t, mean, mean*math.Sqrt(math.Exp(sigma*sigma)-1), all)
	for share, z := range map[float64]float64{
		0.01: -2.3263, 0.1: -1.2816, 0.5: 0, 0.9: 1.2816, 0.99: 2.3263, 0.999: 3.0902,
	} {
		requireQuantile(t, share, median*math.Exp(z*sigma), all)
	}
}

func TestLogNormalLatencyIsBounded(t *testing.T) {
	longest := time.Duration(0)
	for _, d := range samples(netmodel.LogNormal(netmodel.MaxLatency/2, netmodel.MaxSigmaMilli)) {
		longest = max(longest, d)
	}
	require.Equal(t, netmodel.MaxLatency, longest)
}

// "Most samples are within 1 % of usual ... a standard deviation of 0.6 % of it; a share of them takes
// longer by a log-normal delay." Half of the tail is beyond the usual delay and the median.
func TestTwoModes(t *testing.T) {
	const usual, median = 40 * time.Millisecond, 50 * time.Millisecond
	all := samples(netmodel.TwoModes(usual, rng.Percent(2), median, 1000))
	tight := all[:0:0]
	for _, d := range all {
		require.GreaterOrEqual(t, d, usual*99/100)
		if d <= usual*101/100 {
			tight = append(tight, d)
		}
	}
	requireBinomial(t, 0.98, len(tight), len(all))
	requireBinomial(t, 0.99, len(all)-len(beyond(all, usual+median)), len(all))
	sum, squares := 0.0, 0.0
	for _, d := range tight {
		sum, squares = sum+float64(d), squares+float64(d)*float64(d)
	}
	mean := sum / float64(len(tight))
	deviation := math.Sqrt(squares/float64(len(tight)) - mean*mean)
	require.InDelta(t, 0.006, deviation/mean, 0.0005)
}

// beyond are the samples above a bound.
func beyond(all []time.Duration, bound time.Duration) (above []time.Duration) {
	for _, d := range all {
		if d > bound {
			above = append(above, d)
		}
	}
	return above
}

// "Longest is the greatest sample there can be": none of 100,000 is longer, and it is not far away.
func TestLongest(t *testing.T) {
	const ms = time.Millisecond
	for _, latency := range []netmodel.Latency{
		{}, netmodel.Constant(3 * ms), netmodel.Uniform(ms, 3*ms), netmodel.LogNormal(ms, 800),
		netmodel.TwoModes(40*ms, rng.Percent(2), 50*ms, 1000), netmodel.LogNormal(time.Hour, 3000),
	} {
		longest := slices.Max(samples(latency))
		require.LessOrEqual(t, longest, latency.Longest(), latency)
		require.LessOrEqual(t, latency.Longest(), 40*longest, latency)
	}
}

// Changing the distribution does not shift what is drawn next.
func TestEveryLatencyDrawsOnce(t *testing.T) {
	once := rng.New(seed)
	once.Uint64()
	for _, latency := range []netmodel.Latency{
		{}, netmodel.Constant(5), netmodel.Uniform(3, 3), netmodel.Uniform(0, 1<<40),
		netmodel.LogNormal(0, 0), netmodel.LogNormal(1e6, 800), netmodel.TwoModes(1e6, 500_000, 1e6, 800),
	} {
		draw := rng.New(seed)
		latency.Sample(&draw)
		require.Equal(t, once, draw, latency)
	}
}
