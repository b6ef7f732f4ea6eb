package fidelity

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/rng"
)

// "the largest difference between the shares of two samples that are not above some value"
func TestDistanceOfSamples(t *testing.T) {
	for _, c := range []struct {
		a, b []float64
		want float64
	}{
		{[]float64{1, 2, 3}, []float64{3, 1, 2}, 0},
		{[]float64{1, 2}, []float64{3, 4, 5}, 1},
		{[]float64{1, 2, 3, 4}, []float64{3, 4, 5, 6}, 0.5},
		{[]float64{5, 5, 5, 5}, []float64{5}, 0},
		{[]float64{1, 1, 2}, []float64{1, 2, 2}, 1. / 3},
		{[]float64{0, 9}, []float64{1, 2, 3, 4}, 0.5},
	} {
		require.InDelta(t, c.want, Distance(c.a, c.b), 1e-12, "%v %v", c.a, c.b)
	}
}

func TestDistanceIsThatOfTheDefinition(t *testing.T) {
	share := func(sample []float64, x float64) float64 {
		below := 0
		for _, value := range sample {
			if value <= x {
				below++
			}
		}
		return float64(below) / float64(len(sample))
	}
	some := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 9), func(i int) float64 { return float64(i) }), 1, 20)
	rapid.Check(t, func(t *rapid.T) {
		a, b := some.Draw(t, "a"), some.Draw(t, "b")
		want := 0.0
		for x := range 10 {
			want = max(want, share(a, float64(x))-share(b, float64(x)), share(b, float64(x))-share(a, float64(x)))
		}
		require.InDelta(t, want, Distance(a, b), 1e-12)
		require.Equal(t, Distance(a, b), Distance(b, a))
	})
}

// "1.358 sqrt((n+m)/(nm))": of 100 and 100 values 0.192, of 30 and 300 0.260.
func TestCriticalDistanceOfSmirnov(t *testing.T) {
	require.InDelta(t, 0.192, CriticalDistance(100, 100), 5e-4)
	require.InDelta(t, 0.260, CriticalDistance(30, 300), 5e-4)
}

// "The distance of samples that are alike exceeds that once in twenty times": of 2,000 pairs 100
// are to be expected, and fewer than 60 or more than 140 would be four standard deviations off.
func TestCriticalDistanceIsRarelyExceeded(t *testing.T) {
	luck, exceeded := rng.Stream(1, "pairs", 0), 0
	draw := func(n int) []float64 {
		values := make([]float64, n)
		for i := range values {
			values[i] = float64(luck.Below(1 << 40))
		}
		return values
	}
	for range 2000 {
		if Distance(draw(100), draw(100)) > CriticalDistance(100, 100) {
			exceeded++
		}
	}
	require.Greater(t, exceeded, 60)
	require.Less(t, exceeded, 140)
}

func TestQuantiles(t *testing.T) {
	ten := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	require.Equal(t, []float64{1, 9, 10}, []float64{quantile(ten, 0.1), quantile(ten, 0.9), quantile(ten, 1)})
	require.Equal(t, 5.5, median(ten))
	require.Equal(t, 5.0, median(ten[:9]))
	require.Equal(t, 7.0, quantile([]float64{7}, 0.1))
}

// The ranks of 95 % intervals in tables of the sign test: 2nd and 9th of 10, 6th and 15th of 20, 40th and
// 61st of 100; of 5 values the extremes, which have 94 %.
func TestMedianIntervalIsThatOfTheSignTest(t *testing.T) {
	for n, cut := range map[int]int{1: 0, 5: 0, 10: 1, 20: 5, 100: 39, 3000: 1445} {
		values := make([]float64, n)
		for i := range values {
			values[i] = float64(i)
		}
		low, high := medianInterval(values, 0.95)
		require.Equal(t, []float64{float64(cut), float64(n - 1 - cut)}, []float64{low, high}, n)
	}
}

// "two of ascending values between which the median is with a probability of at least": of 2,000
// samples of 15 values at least 1,900 are to be expected, and fewer than 1,860 would be four
// standard deviations off.
func TestMedianIntervalHoldsTheMedian(t *testing.T) {
	luck, held := rng.Stream(2, "samples", 0), 0
	for range 2000 {
		var values []float64
		for range 15 {
			values = append(values, float64(luck.Below(1<<40)))
		}
		slices.Sort(values)
		if low, high := medianInterval(values, 0.95); low <= 1<<39 && 1<<39 <= high {
			held++
		}
	}
	require.Greater(t, held, 1860)
}
