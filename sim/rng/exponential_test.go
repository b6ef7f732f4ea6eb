package rng_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/sim/rng"
)

func TestExponentialHasItsDistribution(t *testing.T) {
	const mean = 3 * time.Second
	all := spans("exponential", func(r *rng.Rand) time.Duration { return rng.Exponential(r, mean) })
	requireDistribution(t, all, func(d time.Duration) float64 {
		return 1 - math.Exp(-float64(d)/float64(mean))
	})
	requireMean(t, all, float64(mean), float64(mean)) // its deviation is its mean
}

func TestExponentialIsPinned(t *testing.T) {
	require.Equal(t, []time.Duration{1049595858, 1750748425, 630723879, 1390271690, 117063211},
		firstSpans(5, func(r *rng.Rand) time.Duration { return rng.Exponential(r, time.Second) }))
}

func TestExponentialOfNoMeanIsZero(t *testing.T) {
	r := rng.New(1)
	require.Zero(t, rng.Exponential(&r, 0))
	require.Zero(t, rng.Exponential(&r, -time.Second))
}

func TestExponentialSaturates(t *testing.T) {
	longest := firstSpans(10, func(r *rng.Rand) time.Duration {
		return rng.Exponential(r, math.MaxInt64)
	})
	require.Contains(t, longest, time.Duration(math.MaxInt64))
	for _, d := range longest {
		require.Positive(t, d)
	}
}

func TestExponentialDrawsOnce(t *testing.T) {
	for _, mean := range []time.Duration{-1, 0, 1, math.MaxInt64} {
		requireOneDraw(t, func(r *rng.Rand) { rng.Exponential(r, mean) })
	}
}

func BenchmarkExponential(b *testing.B) {
	b.ReportAllocs()
	r := rng.New(1)
	for b.Loop() {
		rng.Exponential(&r, time.Second)
	}
}
