package scenarios_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

func TestLengthsAreWrittenAsText(t *testing.T) {
	for text, want := range map[string]scenarios.Lengths{
		"6h":     {Shortest: seconds(6 * 3600), Longest: seconds(6 * 3600)},
		"1h..6h": {Shortest: seconds(3600), Longest: seconds(6 * 3600)},
		"0s..1s": {Longest: seconds(1)},
		"lognormal(1h3m, 1.4)": {
			Median: seconds(63 * 60), SigmaMilli: 1400},
		"lognormal(500ms, 0)": {Median: seconds(1) / 2},
		"":                    {},
	} {
		got, err := scenarios.ParseLengths(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got)
		require.Equal(t, text, got.String())
	}
	padded, err := scenarios.ParseLengths("lognormal( 90s ,0.050)")
	require.NoError(t, err)
	require.Equal(t, "lognormal(1m30s, 0.05)", padded.String())
	for _, text := range []string{
		"0s", "often", "6h..1h", "-1s", "-2s..1s", "1h..", "..1h", "169h", "lognormal(1h)",
		"lognormal(1h, 3.001)", "lognormal(1h, 1.2345)", "lognormal(1h, x)", "lognormal(0s, 1)",
		"lognormal(1h, 1", "lognormal(169h, 1)", "lognormal(1h, .5)", "lognormal(-1h, 1)",
	} {
		_, err := scenarios.ParseLengths(text)
		require.ErrorContains(t, err, "expected a length such as 6h", text)
	}
}

// "Repair minutes at 10/25/50/75/90 %: 12/25/59/144/329; log-normal mu 4.15 sigma 1.40" (LANL
// 1996-2005): the model that is written so has these quantiles, exp(4.15 + 1.40 z), in 2,300 repairs to
// within 3.3 standard deviations of the share below each (99.9 % confidence).
func TestRepairsAreAsLongAsThoseOfRealMachines(t *testing.T) {
	repairs := make([]time.Duration, 0, 4000)
	for seed := range uint64(2) {
		s := rated(scenarios.Rate{
			Kind: scenarios.OriginDown, Every: seconds(150), To: seconds(86_400 * 3.5),
			Lasts: scenarios.Lengths{Median: seconds(3807), SigmaMilli: 1400}, // e^4.15 minutes
		})
		for _, f := range s.Expand(seed).Faults {
			if f.At < seconds(86_400*2) { // the others might be cut short
				repairs = append(repairs, f.For.Duration())
			}
		}
	}
	require.Greater(t, len(repairs), 2000)
	for share, z := range map[float64]float64{0.1: -1.2816, 0.25: -0.6745, 0.5: 0, 0.75: 0.6745, 0.9: 1.2816} {
		below, quantile := 0, time.Duration(math.Exp(4.15+1.4*z)*float64(time.Minute))
		for _, repair := range repairs {
			if repair < quantile {
				below++
			}
		}
		n := float64(len(repairs))
		require.InDelta(t, share, float64(below)/n, 3.3*math.Sqrt(share*(1-share)/n))
	}
}
