package checkers

import "time"

// DriftPPM is by how much at most the clocks of the servers run wrong, either way, in millionths
// below a million.
type DriftPPM int

// rounding is by how much what two readings of such a clock are apart may be off, in nanoseconds.
const rounding = 2

// Earliest is how little time a span by a server's clock may take.
func (d DriftPPM) Earliest(span time.Duration) time.Duration {
	if d == 0 {
		return span
	}
	fast := time.Duration(d)
	return span - span*fast/(1_000_000+fast) - rounding
}

// Latest is how much time it may take.
func (d DriftPPM) Latest(span time.Duration) time.Duration {
	if d == 0 {
		return span
	}
	slow := time.Duration(d)
	return span + span*slow/(1_000_000-slow) + rounding
}
