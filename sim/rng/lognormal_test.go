package rng_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/sim/rng"
)

func TestLogNormalHasItsDistribution(t *testing.T) {
	for _, sigmaMilli := range []uint32{100, 500, 1000, rng.MaxSigmaMilli} {
		l := rng.LogNormal{Median: 20 * time.Millisecond, SigmaMilli: sigmaMilli}
		all := spans("lognormal", func(r *rng.Rand) time.Duration { return l.Sample(r) })
		requireDistribution(t, all, func(d time.Duration) float64 {
			z := math.Log(float64(d)/float64(l.Median)) * 1000 / float64(sigmaMilli)
			return math.Erfc(-z/math.Sqrt2) / 2
		})
	}
}

// "The mean is Median * exp(sigma^2/2)", with deviation mean * sqrt(exp(sigma^2)-1).
func TestLogNormalHasItsMean(t *testing.T) {
	l := rng.LogNormal{Median: 20 * time.Millisecond, SigmaMilli: 500}
	all := spans("lognormal mean", func(r *rng.Rand) time.Duration { return l.Sample(r) })
	mean := float64(l.Median) * math.Exp(0.5*0.5/2)
	requireMean(t, all, mean, mean*math.Sqrt(math.Exp(0.5*0.5)-1))
}

// "With a sigma of 0.5 the 99th percentile is 3.2 medians, with 1.0 it is 10.2": the share of
// samples beyond it is one percent.
func TestLogNormalTail(t *testing.T) {
	for sigmaMilli, medians := range map[uint32]float64{500: 3.2, 1000: 10.24} {
		l := rng.LogNormal{Median: time.Second, SigmaMilli: sigmaMilli}
		r, beyond := rng.Stream(1, "tail", 0), 0
		for range spanSamples {
			if l.Sample(&r).Seconds() > medians {
				beyond++
			}
		}
		requireShare(t, 0.01, beyond, spanSamples)
	}
}

func TestLogNormalIsPinned(t *testing.T) {
	l := rng.LogNormal{Median: time.Second, SigmaMilli: 500}
	require.Equal(t, []time.Duration{
		626739102, 506462054, 731744260, 561925447, 932906883, 1492634564, 764174450, 579553170,
	}, firstSpans(8, l.Sample))
}

func TestLogNormalWithoutSpreadIsItsMedian(t *testing.T) {
	r := rng.New(1)
	for _, median := range []time.Duration{1, time.Second, math.MaxInt64} {
		require.Equal(t, median, rng.LogNormal{Median: median}.Sample(&r))
	}
	require.Zero(t, rng.LogNormal{Median: -1, SigmaMilli: 500}.Sample(&r))
}

func TestLogNormalStaysInRange(t *testing.T) {
	widest := rng.LogNormal{Median: math.MaxInt64, SigmaMilli: math.MaxUint32}
	r, saturated := rng.New(1), 0
	for range 1000 {
		d := widest.Sample(&r)
		require.GreaterOrEqual(t, d, time.Duration(0))
		if d == math.MaxInt64 {
			saturated++
		}
	}
	requireShare(t, 0.5, saturated, 1000)
}

func TestLogNormalDrawsOnce(t *testing.T) {
	for _, l := range []rng.LogNormal{{}, {Median: 1}, {Median: 1, SigmaMilli: math.MaxUint32}} {
		requireOneDraw(t, func(r *rng.Rand) { l.Sample(r) })
	}
}

func BenchmarkLogNormal(b *testing.B) {
	b.ReportAllocs()
	r, l := rng.New(1), rng.LogNormal{Median: time.Second, SigmaMilli: 500}
	for b.Loop() {
		l.Sample(&r)
	}
}
