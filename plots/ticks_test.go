package plots

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot"
	"pgregory.net/rapid"
)

func labels(ticker plot.Ticker, least, most float64) []string {
	var all []string
	for _, t := range ticker.Ticks(least, most) {
		all = append(all, t.Label)
	}
	return all
}

func TestStepsAreOneTwoOrFive(t *testing.T) {
	require.Equal(t, []string{"0", "100", "200", "300"}, labels(steps(4), 0, 300))
	require.Equal(t, []string{"0", "50", "100", "150"}, labels(steps(4), 0, 199))
	require.Equal(t, []string{"0", "0.2", "0.4", "0.6", "0.8", "1"}, labels(steps(6), 0, 1))
	require.Equal(t, []string{"-2,000", "0", "2,000"}, labels(steps(3), -2500, 3000))
	require.Equal(t, []string{"0", "0.5", "1"}, labels(steps(3), -0.03, 1.03))
	require.Equal(t, []string{"0", "1,000,000"}, labels(steps(2), 0, 1.5e6))
}

func TestStepsOfAnEmptyAxisStop(t *testing.T) {
	require.Equal(t, []string{"3"}, labels(steps(4), 3, 3))
}

func TestStepsAreNoMoreThanAskedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(1, 20).Draw(t, "steps")
		end := rapid.Float64Range(1e-6, 1e9).Draw(t, "end")
		step := stepFor(end / float64(most))
		require.LessOrEqual(t, len(steps(most).Ticks(0, end)), most+1)
		mantissa := step / math.Pow(10, math.Floor(math.Log10(step*1.0000001)))
		require.Contains(t, []float64{1, 2, 5}, math.Round(mantissa*1e6)/1e6)
	})
}

func TestLabelsKeepThousandsApart(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", 0.00005: "0.00005", 5 * math.Pow(10, -6): "0.000005", 999: "999",
		1000: "1,000", -1000: "-1,000", 1234567: "1,234,567", 1000.5: "1,000.5",
	} {
		require.Equal(t, want, label(x))
	}
	require.True(t, strings.HasPrefix(label(1e15), "1e"), "what is too long stays as it is")
}
