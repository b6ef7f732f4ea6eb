package netmodel_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/netmodel"
	"butterfly/sim/rng"
)

func TestParseLatency(t *testing.T) {
	for text, want := range map[string]netmodel.Latency{
		"0":                     {},
		"500us":                 netmodel.Constant(500 * time.Microsecond),
		" 1.5ms ":               netmodel.Constant(1500 * time.Microsecond),
		"0.5ms..1.5ms":          netmodel.Uniform(500*time.Microsecond, 1500*time.Microsecond),
		"0 .. 1h":               netmodel.Uniform(0, time.Hour),
		"lognormal(0.5ms, 0.8)": netmodel.LogNormal(500*time.Microsecond, 800),
		"lognormal( 2s ,3 )":    netmodel.LogNormal(2*time.Second, 3000),
		"modes(40ms, 1%, 50ms, 1)": netmodel.TwoModes(
			40*time.Millisecond, 10_000, 50*time.Millisecond, 1000),
		"lognormal(500µs, 0.125)": netmodel.LogNormal(500*time.Microsecond, 125),
	} {
		got, err := netmodel.ParseLatency(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
}

func TestLatencyString(t *testing.T) {
	require.Equal(t, "0s", netmodel.Latency{}.String())
	require.Equal(t, "500us", netmodel.Constant(500*time.Microsecond).String())
	require.Equal(t, "500us..1.5ms",
		netmodel.Uniform(500*time.Microsecond, 1500*time.Microsecond).String())
	require.Equal(t, "lognormal(500us, 0.8)",
		netmodel.LogNormal(500*time.Microsecond, 800).String())
}

func TestLatencyRoundTrip(t *testing.T) {
	anyLength := rapid.Int64Range(0, int64(netmodel.MaxLatency))
	span := rapid.Map(anyLength, func(ns int64) time.Duration { return time.Duration(ns) })
	rapid.Check(t, func(t *rapid.T) {
		low, high := span.Draw(t, "low"), span.Draw(t, "high")
		sigma := rapid.Uint32Range(0, netmodel.MaxSigmaMilli).Draw(t, "sigma")
		for _, latency := range []netmodel.Latency{
			netmodel.Constant(low),
			netmodel.Uniform(min(low, high), max(low, high)),
			netmodel.LogNormal(low, sigma),
			netmodel.TwoModes(low, rng.PPM(sigma), high, sigma),
		} {
			back, err := netmodel.ParseLatency(latency.String())
			require.NoError(t, err)
			require.Equal(t, latency, back)
		}
	})
}

func TestParseLatencySaysWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"":                         `"" is not a latency: "" is not a span of time: expected 500us`,
		"fast":                     `"fast" is not a span of time`,
		"5":                        `"5" is not a span of time`,
		"-1ms":                     "-1ms is not from 0 to 1h0m0s",
		"2h":                       "2h0m0s is not from 0 to 1h0m0s",
		"3ms..1ms":                 "3ms is more than 1ms",
		"1ms..":                    `"" is not a span of time`,
		"x..1ms":                   `"x" is not a span of time`,
		"lognormal(1ms)":           "expected lognormal(median, sigma): lognormal(0.5ms, 0.8)",
		"lognormal(1ms, 0.8":       "expected lognormal(median, sigma)",
		"modes(1ms, 1%, 5ms)":      "expected modes(usual, tail, median, sigma): modes(40ms, 1%, 50ms, 1)",
		"modes(1ms, 101%, 5ms, 1)": `"101%" is not a share`,
		"lognormal(x, 0.8)":        `"x" is not a span of time`,
		"lognormal(1ms, .8)":       `sigma ".8" is not a number with at most three decimals`,
		"lognormal(1ms, 0.8888)":   `sigma "0.8888" is not a number`,
		"lognormal(1ms, -1)":       `sigma "-1" is not a number`,
		"lognormal(1ms, 1, 2)":     `sigma "1, 2" is not a number`,
		"lognormal(1ms, 9e9)":      `sigma "9e9" is not a number`,
		"lognormal(1ms, 3.001)":    "sigma is more than 3",
	} {
		_, err := netmodel.ParseLatency(text)
		require.ErrorContains(t, err, want, text)
	}
}
