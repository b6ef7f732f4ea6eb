package rng

import (
	"math"
	"math/bits"
	"time"
)

//go:generate go run tablegen.go

// fixed is a number with 32 fractional bits.
type fixed int64

// interpolate returns the value on the line from table[i] to table[i+1], fraction/2^32 of the way.
func interpolate(table []fixed, i int, fraction uint32) fixed {
	from, to := table[i], table[i+1]
	return from + (to-from)*fixed(fraction)>>32
}

// scale returns d*factor/2^shift for 1 <= shift <= 64, and the longest span when that is too long.
// Neither d nor factor may be negative.
func scale(d time.Duration, factor fixed, shift uint) time.Duration {
	high, low := bits.Mul64(uint64(d), uint64(factor))
	if high>>(shift-1) != 0 {
		return math.MaxInt64
	}
	return time.Duration(high<<(64-shift) | low>>shift)
}
