package plots

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Zero on a logarithmic axis is an error; on this one it has its place.
func TestCountScaleHasRoomForNone(t *testing.T) {
	require.Equal(t, []string{"0", "10", "100", "1,000", "10,000"}, labels(countScale(1), 0, 20_000))
	require.Equal(t, 0.0, countScale(1).Normalize(0, 999, 0))
	require.InDelta(t, 1.0/3, countScale(1).Normalize(0, 999, 9), 1e-12)
	require.Equal(t, 1.0, countScale(1).Normalize(0, 999, 999))
}

func TestCountScaleHasAUnit(t *testing.T) {
	require.Equal(t, []string{"0", "0.1", "1"}, labels(countScale(0.01), 0, 5))
	require.InDelta(t, 0.5, countScale(0.01).Normalize(0, 0.99, 0.09), 1e-12)
}

func TestLogScaleIsLogarithmic(t *testing.T) {
	require.Equal(t, 0.0, logScale{}.Normalize(2, 32, 2))
	require.InDelta(t, 0.5, logScale{}.Normalize(2, 32, 8), 1e-12)
	require.Equal(t, 1.0, logScale{}.Normalize(2, 32, 32))
}

func TestLogScaleHasTicksBetweenPowersWhereThereAreFew(t *testing.T) {
	require.Equal(t, []string{"0.5", "1", "2", "5", "10", "20"}, labels(logScale{}, 0.3, 30))
	require.Equal(t, []string{"0.001", "0.01", "0.1", "1"}, labels(logScale{}, 0.001, 1))
}

func TestPowersThatAreTooManyAreThinnedOut(t *testing.T) {
	require.Equal(t, []string{"0", "10", "1,000", "100,000", "10,000,000", "1,000,000,000", "1e+11"},
		labels(countScale(1), 0, 2e11))
	rapid.Check(t, func(t *rapid.T) {
		least := rapid.Float64Range(1e-30, 1).Draw(t, "least")
		most := least * rapid.Float64Range(1, 1e30).Draw(t, "ratio")
		require.LessOrEqual(t, len(powers(least, most)), mostPowers+1)
	})
}

func TestDecadeBelow(t *testing.T) {
	for x, want := range map[float64]float64{
		1: 1, 9.99: 1, 10: 10, 1000: 1000, 0.02: 0.01, 0.1 * 0.1 * 0.1: 0.001,
	} {
		require.InEpsilon(t, want, decadeBelow(x), 1e-12)
	}
}

func TestAxisReachesAroundItsValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(1e-6, 1e6), 1, 5).Draw(t, "values")
		least, most := around(values...)
		for _, x := range values {
			require.Less(t, least, x)
			require.Less(t, x, most)
		}
		require.Positive(t, least)
	})
}

func TestMeasuredValuesAreLabelledWhereThereIsRoom(t *testing.T) {
	every := measuredAt{[]float64{8, 16, 32}, 300}
	require.Equal(t, []string{"8", "16", "32"}, labels(every, 7, 40))
	crowded := measuredAt{[]float64{1000, 1001, 2000}, 300}
	require.Equal(t, []string{"1,000", "", "2,000"}, labels(crowded, 900, 2100))
}
