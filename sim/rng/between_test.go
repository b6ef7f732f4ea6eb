package rng_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/rng"
)

func TestBetweenIncludesBothEnds(t *testing.T) {
	r, counts := rng.Stream(1, "between", 0), make([]int, 5)
	for range uniformSamples {
		counts[rng.Between(&r, 10, 14)-10]++
	}
	requireUniform(t, counts)
}

func TestBetweenStaysBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rng.New(rapid.Uint64().Draw(t, "seed"))
		lo := time.Duration(rapid.Int64().Draw(t, "lo"))
		hi := time.Duration(rapid.Int64Min(int64(lo)).Draw(t, "hi"))
		d := rng.Between(&r, lo, hi)
		require.True(t, lo <= d && d <= hi, "%d <= %d <= %d", lo, d, hi)
	})
}

func TestBetweenOfAnEmptyRangeIsItsStart(t *testing.T) {
	r := rng.New(1)
	require.Equal(t, time.Second, rng.Between(&r, time.Second, time.Second))
	require.Equal(t, time.Second, rng.Between(&r, time.Second, 0))
	require.Equal(t, time.Duration(math.MaxInt64), rng.Between(&r, math.MaxInt64, math.MinInt64))
}

func TestBetweenDrawsOnce(t *testing.T) {
	for _, hi := range []time.Duration{-1, 0, 1, math.MaxInt64} {
		requireOneDraw(t, func(r *rng.Rand) { rng.Between(r, 0, hi) })
	}
}
