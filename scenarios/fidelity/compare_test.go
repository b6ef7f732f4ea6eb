package fidelity

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func sampleOf(q Quantity, values ...float64) *Sample {
	s := &Sample{Trials: len(values)}
	for _, value := range values {
		s.add(q, value)
	}
	return s
}

func TestCompareMedians(t *testing.T) {
	live := sampleOf(TakeoverGap, 1, 2, 3, 4, 100)
	simulated := sampleOf(TakeoverGap, 3.3, 1, 9)
	row := Compare(live, simulated)[TakeoverGap]
	require.Equal(t, TakeoverGap, row.Quantity)
	require.Equal(t, Summary{Count: 5, Median: 3, P10: 1, P90: 100}, row.Live)
	require.Equal(t, Summary{Count: 3, Median: 3.3, P10: 1, P90: 9}, row.Simulated)
	require.InDelta(t, 0.1, row.Difference, 1e-12)
	require.InDelta(t, 1./100-1, row.Low, 1e-12, "of so few values the interval has all")
	require.InDelta(t, 9./1-1, row.High, 1e-12)
	require.InDelta(t, 1.358*math.Sqrt(8./15), row.Critical, 1e-12)
	require.True(t, row.Within(0.101))
	require.False(t, row.Within(0.099))
}

// "What is missing counts as infinite, for it is longer than a trial."
func TestWhatIsMissingIsLongerThanAnything(t *testing.T) {
	live, simulated := sampleOf(FullDetection, 3, 1, 2), sampleOf(FullDetection, 1, 2, 3)
	live.miss(FullDetection, FullDetection)
	row := Compare(live, simulated)[FullDetection]
	require.Equal(t, Summary{Count: 3, Missing: 2, Median: 3, P10: 1, P90: math.Inf(1)}, row.Live)
	require.InDelta(t, 0.4, row.Distance, 1e-12)
	live.miss(FullDetection, FullDetection)
	row = Compare(live, simulated)[FullDetection]
	require.Equal(t, -1.0, row.Difference)
	require.False(t, row.Within(0.99))
}

func TestWhatCannotBeComparedIsNotWithinAnything(t *testing.T) {
	for _, pair := range [][2]*Sample{
		{sampleOf(Calls), sampleOf(Calls, 1)}, {sampleOf(Calls, 1), sampleOf(Calls)},
		{sampleOf(Calls, 0), sampleOf(Calls, 1)},
	} {
		row := Compare(pair[0], pair[1])[Calls]
		require.True(t, math.IsNaN(row.Difference))
		require.False(t, row.Within(1e9))
	}
}

func TestEveryQuantityHasANameAndAUnit(t *testing.T) {
	require.Len(t, Quantities(), 9)
	for _, q := range Quantities() {
		require.NotEmpty(t, q.String())
		require.NotEmpty(t, q.Unit())
	}
}
