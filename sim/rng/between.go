package rng

import "time"

// Between draws once and returns a uniform span from lo to hi, both included. It is lo when hi <=
// lo.
func Between(r *Rand, lo, hi time.Duration) time.Duration {
	width := uint64(max(lo, hi)) - uint64(lo)
	return lo + time.Duration(r.Below(width+1))
}
