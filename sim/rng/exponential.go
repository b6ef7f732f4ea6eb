package rng

import (
	"math/bits"
	"time"
)

// Exponential draws once and returns a span from the exponential distribution with the given mean:
// the time to the next of events that come at random at a constant rate. It is 0 for a mean of 0 or
// less, and at most 44.4 means.
func Exponential(r *Rand, mean time.Duration) time.Duration {
	return scale(max(mean, 0), negativeLog(r.Uint64()), 32)
}

// negativeLog returns -ln(draw/2^64). With draw = m * 2^(63-zeros) and 1 <= m < 2 that is
// (zeros+1) ln 2 - ln m.
func negativeLog(draw uint64) fixed {
	draw |= 1 // zero has no logarithm
	zeros := bits.LeadingZeros64(draw)
	mantissa := draw << zeros << 1 // m-1 in 64 fractional bits
	logM := interpolate(logTable[:], int(mantissa>>56), uint32(mantissa>>24))
	return fixed(zeros+1)*ln2 - logM
}
