package plots

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestQuantilesLieBetweenNeighbours(t *testing.T) {
	for share, want := range map[float64]float64{0: 1, 0.25: 2, 0.5: 3, 0.75: 5, 0.875: 7, 1: 9} {
		require.InDelta(t, want, quantile([]float64{1, 2, 3, 5, 9}, share), 1e-12)
	}
	require.Equal(t, 4.0, quantile([]float64{4}, 0.95))
}

func TestNumbersWithoutAPlaceAreFound(t *testing.T) {
	for _, x := range []float64{-1, math.NaN(), math.Inf(1), math.Inf(-1)} {
		require.False(t, notNegative(1, x))
		require.False(t, positive(1, x))
	}
	require.True(t, notNegative(0, 1))
	require.True(t, positive(math.SmallestNonzeroFloat64, 1))
	require.False(t, positive(1, 0))
}

func TestDistinctValuesAscend(t *testing.T) {
	rows := []FalsePositiveRow{{K: 3}, {K: 0}, {K: 3}}
	require.Equal(t, []int{0, 3}, distinct(rows, func(r *FalsePositiveRow) int { return r.K }))
}

func TestAscending(t *testing.T) {
	require.True(t, ascending(0, 0, 1))
	require.False(t, ascending(0, 2, 1))
	require.False(t, ascending(0, math.NaN(), 1))
}
