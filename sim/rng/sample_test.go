package rng_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/sim/rng"
)

const spanSamples = 100_000

// spans draws spanSamples samples of a distribution from a fixed stream and sorts them.
func spans(purpose string, sample func(r *rng.Rand) time.Duration) []time.Duration {
	r, all := rng.Stream(1, purpose, 0), make([]time.Duration, spanSamples)
	for i := range all {
		all[i] = sample(&r)
	}
	slices.Sort(all)
	return all
}

// requireDistribution compares sorted samples with a distribution function at every sample: the
// largest gap exceeds 1.95/sqrt(n) once in 1,000 fair experiments (Kolmogorov-Smirnov test, 99.9 %
// confidence). So it checks the median and every other quantile at once, to 0.6 % of probability.
func requireDistribution(t *testing.T, sorted []time.Duration, cdf func(d time.Duration) float64) {
	t.Helper()
	n, gap := float64(len(sorted)), 0.0
	for i, d := range sorted {
		p := cdf(d)
		gap = max(gap, p-float64(i)/n, float64(i+1)/n-p)
	}
	require.Less(t, gap, 1.95/math.Sqrt(n))
}

// requireMean fails when the mean of the samples is over 4 standard errors from want (99.994 %
// confidence).
func requireMean(t *testing.T, samples []time.Duration, want, deviation float64) {
	t.Helper()
	sum := 0.0
	for _, d := range samples {
		sum += float64(d)
	}
	n := float64(len(samples))
	require.InDelta(t, want, sum/n, 4*deviation/math.Sqrt(n))
}

// requireShare fails when a share of hits is over 4 standard errors from p (99.994 % confidence).
func requireShare(t *testing.T, p float64, hits, n int) {
	t.Helper()
	require.InDelta(t, p, float64(hits)/float64(n), 4*math.Sqrt(p*(1-p)/float64(n)))
}

// requireOneDraw checks that a sample takes one draw whatever its parameters are.
func requireOneDraw(t *testing.T, sample func(r *rng.Rand)) {
	t.Helper()
	sampled, drawn := rng.New(7), rng.New(7)
	sample(&sampled)
	drawn.Uint64()
	require.Equal(t, drawn, sampled)
}

// firstSpans returns the first samples of a distribution, in the order they are drawn.
func firstSpans(n int, sample func(r *rng.Rand) time.Duration) []time.Duration {
	r, all := rng.New(1234567), make([]time.Duration, n)
	for i := range all {
		all[i] = sample(&r)
	}
	return all
}
