package rng

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func (f fixed) float() float64 { return float64(f) / (1 << 32) }

// Half a unit in the last place, and a little for the float arithmetic here.
const tableError = 0.51 / (1 << 32)

func TestTablesHoldTheirFunctions(t *testing.T) {
	require.Len(t, logTable, 257)
	for i, entry := range logTable {
		require.InDelta(t, math.Log(1+float64(i)/256), entry.float(), tableError)
	}
	require.Len(t, powerTable, 257)
	for i, entry := range powerTable {
		require.InDelta(t, math.Pow(2, float64(i)/256), entry.float(), tableError)
	}
	require.InDelta(t, math.Ln2, ln2.float(), tableError)
	require.InDelta(t, math.Log2E, log2e.float(), tableError)
}

// The normal table is checked the other way round from how it was made: the tail of each entry must
// be the entry's tail, within what half a unit in the last place changes it.
func TestNormalTableHoldsTheQuantiles(t *testing.T) {
	require.Len(t, normalTable, normalOctaves*octaveSteps+1)
	for i, entry := range normalTable {
		p := math.Ldexp(1+float64(i%octaveSteps)/octaveSteps, i/octaveSteps-normalOctaves-1)
		z := entry.float()
		density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
		require.InDelta(t, p, math.Erfc(z/math.Sqrt2)/2, tableError*density+p*1e-12, "entry %d", i)
	}
}

// everyMagnitude calls f with draws of every number of leading zeros, eight of each.
func everyMagnitude(f func(draw uint64)) {
	r := New(1)
	for zeros := range 64 {
		for range 8 {
			f((r.Uint64() | 1<<63) >> zeros)
		}
	}
}

// "error of the line 2e-6" (package documentation).
func TestNegativeLogIsAccurate(t *testing.T) {
	everyMagnitude(func(draw uint64) {
		want := -math.Log(math.Ldexp(float64(draw|1), -64))
		require.InDelta(t, want, negativeLog(draw).float(), 2e-6)
	})
	require.Equal(t, 64*ln2, negativeLog(0))
	require.LessOrEqual(t, negativeLog(0).float(), 44.4)
	require.GreaterOrEqual(t, negativeLog(math.MaxUint64), fixed(0))
}

// "error of the line 2e-4 standard deviations, |z| < 6.4" (package documentation). An error dz in
// the quantile is an error dz * density(z) in the tail.
func TestNormalIsAccurate(t *testing.T) {
	everyMagnitude(func(draw uint64) {
		z := normal(draw &^ 1).float()
		p := max(math.Ldexp(float64(draw|1), -65), math.Ldexp(1, -33))
		density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
		require.InDelta(t, p, math.Erfc(z/math.Sqrt2)/2, 2e-4*density*1.01, "z = %v", z)
		require.Equal(t, -normal(draw&^1), normal(draw|1))
		require.Less(t, z, 6.4)
	})
}

// "error of the line 1e-6 of the value" (package documentation), over all arguments a sample can
// have.
func TestPowerOfTwoIsAccurate(t *testing.T) {
	r := New(1)
	for range 10_000 {
		x := fixed(r.Below(40<<32)) - 20<<32
		factor, exponent := powerOfTwo(x)
		require.True(t, 1<<32 <= factor && factor < 2<<32, "factor %d", factor)
		got := math.Ldexp(factor.float(), exponent)
		require.InEpsilon(t, math.Exp(x.float()), got, 1e-6)
	}
}

func TestScaleRoundsDownAndSaturates(t *testing.T) {
	for _, c := range []struct {
		d      time.Duration
		factor fixed
		shift  uint
		want   time.Duration
	}{
		{5, 3 << 31, 32, 7},
		{5, 0, 32, 0},
		{1 << 62, 1 << 32, 32, 1 << 62},
		{1 << 62, 2 << 32, 32, math.MaxInt64},
		{math.MaxInt64, 1 << 32, 33, 1<<62 - 1},
		{1 << 62, 1 << 32, 64, 1 << 30},
		{1 << 20, 1 << 32, 12, 1 << 40},
	} {
		require.Equal(t, c.want, scale(c.d, c.factor, c.shift), "%+v", c)
	}
}
