package rng

import (
	"math/bits"
	"time"
)

// LogNormal is a span whose logarithm is normally distributed: half of the samples are below
// Median, and the other half has a long tail. Round-trip times and service times look like this.
//
// The quantile z standard deviations from the middle is Median * exp(z * sigma): with a sigma of
// 0.5 the 99th percentile is 3.2 medians, with 1.0 it is 10.2. The mean is Median * exp(sigma^2/2).
type LogNormal struct {
	// Median is the middle sample. Samples of a median of 0 or less are 0.
	Median time.Duration
	// SigmaMilli is the standard deviation of the logarithm in thousandths: 0 makes every sample
	// the median. Above [MaxSigmaMilli] it counts as that.
	SigmaMilli uint32
}

// MaxSigmaMilli is the widest [LogNormal]: one standard deviation is a factor of 20.
const MaxSigmaMilli = 3000

// Sample draws once.
func (l LogNormal) Sample(r *Rand) time.Duration { return l.quantile(r.Uint64()) }

// Longest is the greatest sample there can be: the quantile of a tail of 2^-33.
func (l LogNormal) Longest() time.Duration { return l.quantile(0) }

// quantile is the sample that belongs to a draw.
func (l LogNormal) quantile(draw uint64) time.Duration {
	z := normal(draw)
	factor, exponent := powerOfTwo(z * fixed(min(l.SigmaMilli, MaxSigmaMilli)) / 1000)
	return scale(max(l.Median, 0), factor, uint(32-exponent))
}

// normal returns the standard normal quantile that belongs to a draw: the lowest bit is its sign,
// and the others are twice the probability of the tail beyond it. Tails below 2^-33 count as 2^-33.
func normal(draw uint64) fixed {
	tail := draw | 1
	octave := normalOctaves - 1 - bits.LeadingZeros64(tail)
	mantissa := tail << bits.LeadingZeros64(tail) << 1
	if octave < 0 {
		octave, mantissa = 0, 0
	}
	i := octave*octaveSteps + int(mantissa>>(64-octaveBits))
	z := interpolate(normalTable[:], i, uint32(mantissa<<octaveBits>>32))
	if draw&1 != 0 {
		return -z
	}
	return z
}

// powerOfTwo returns exp(x) as factor * 2^exponent with 1 <= factor < 2.
func powerOfTwo(x fixed) (factor fixed, exponent int) {
	// The product of two fixed numbers may not fit 64 bits: multiply the upper and lower part of x
	// apart.
	y := (x>>16)*log2e>>16 + (x&0xffff)*log2e>>32
	fraction := uint32(y)
	return interpolate(powerTable[:], int(fraction>>24), fraction<<8), int(y >> 32)
}
