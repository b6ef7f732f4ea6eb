package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestQuantileIsTheNearestRank(t *testing.T) {
	// The textbook example of the nearest-rank method: 15, 20, 35, 40, 50.
	s := samples{50, 15, 40, 20, 35}
	s.sort()
	for percent, want := range map[int]time.Duration{
		5: 15, 30: 20, 40: 20, 50: 35, 99: 50, 100: 50,
	} {
		require.Equal(t, want, s.quantile(percent), "percentile %d", percent)
	}
	require.Equal(t, time.Duration(7), samples{7}.quantile(1))
}

// The definition itself: the smallest sample that at least percent of all samples do not exceed.
func TestQuantileMeetsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s samples
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, 30), 1, 40).Draw(t, "samples") {
			s.add(time.Duration(n))
		}
		percent := rapid.IntRange(1, 100).Draw(t, "percent")
		s.sort()
		q := s.quantile(percent)
		require.GreaterOrEqual(t, notAbove(s, q)*100, percent*len(s))
		require.Less(t, notAbove(s, q-1)*100, percent*len(s))
	})
}

func notAbove(s samples, limit time.Duration) (count int) {
	for _, sample := range s {
		if sample <= limit {
			count++
		}
	}
	return count
}
