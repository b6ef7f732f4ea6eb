package clock_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/clock"
)

func TestZeroIsTheStart(t *testing.T) {
	var start clock.Time
	require.Equal(t, clock.At(0), start)
	require.Zero(t, start.Since())
	require.Equal(t, "0.000s", start.String())
}

// "A sum past the end of time is Never; Never plus anything stays Never."
func TestAddSaturates(t *testing.T) {
	last := clock.Never - 1
	require.Equal(t, clock.Never, last.Add(1))
	require.Equal(t, clock.Never, last.Add(2))
	require.Equal(t, clock.Never, last.Add(math.MaxInt64))
	require.Equal(t, last, last.Add(0))
	for _, d := range []time.Duration{math.MinInt64, -time.Second, 0, time.Second, math.MaxInt64} {
		require.Equal(t, clock.Never, clock.Never.Add(d))
	}
}

func TestAddGoesBothWays(t *testing.T) {
	noon := clock.At(12 * time.Second)
	require.Equal(t, clock.At(13500*time.Millisecond), noon.Add(1500*time.Millisecond))
	require.Equal(t, clock.At(11*time.Second), noon.Add(-time.Second))
}

func TestAddNeverTurnsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := clock.Time(rapid.Int64Min(0).Draw(t, "at"))
		d := time.Duration(rapid.Int64Min(0).Draw(t, "d"))
		sum := at.Add(d)
		require.GreaterOrEqual(t, sum, at)
		if sum != clock.Never {
			require.Equal(t, d, sum.Sub(at))
		}
	})
}

func TestSpans(t *testing.T) {
	at := clock.At(1500 * time.Millisecond)
	require.Equal(t, 500*time.Millisecond, at.Sub(clock.At(time.Second)))
	require.Equal(t, -500*time.Millisecond, clock.At(time.Second).Sub(at))
	require.Equal(t, 1500*time.Millisecond, at.Since())
	require.InDelta(t, 1.5, at.Seconds(), 1e-12)
}

func TestString(t *testing.T) {
	require.Equal(t, "12.345s", clock.At(12345*time.Millisecond).String())
	require.Equal(t, "0.001s", clock.At(999500*time.Nanosecond+1).String())
	require.Equal(t, "86400.000s", clock.At(24*time.Hour).String())
	require.Equal(t, "-1.500s", clock.At(-1500*time.Millisecond).String())
	require.Equal(t, "never", clock.Never.String())
}
