package swim

import (
	"math/bits"
	"time"

	"butterfly/sim/clock"
)

// SuspicionTimeout returns the shortest time a suspect has to answer in a group of n: SuspicionMult
// * max(1, log10 n) * ProbeInterval, the logarithm in thousandths rounded down, as memberlist does.
func (c Config) SuspicionTimeout(n int) time.Duration {
	milli := max(1000, milliLog10(n))
	return time.Duration(int64(c.SuspicionMult) * milli * int64(c.ProbeInterval) / 1000)
}

// Confirmations returns K, how many accusers beyond the first make the time a suspect has to answer
// the shortest, in a group of n: SuspicionMult-2, at most 7, and 0 if there are not so many members
// to ask, or SuspicionMaxMult is 1 (memberlist v0.7.0 suspectNode; Lifeguard, section IV.B).
func (c Config) Confirmations(n int) int {
	k := min(c.SuspicionMult-2, maxConfirmations)
	if c.SuspicionMaxMult <= 1 || n-2 < k {
		return 0
	}
	return max(0, k)
}

// suspicion returns how long a suspect in a group of n that has been accused by 1+confirmations has
// to answer, counted from the first accusation (Lifeguard, section IV.B):
//
//	max(Min, Max - (Max-Min) * log(confirmations+1) / log(K+1)), rounded down to the millisecond
//
// with Min = [Config.SuspicionTimeout] and Max = SuspicionMaxMult * Min. Without any confirmations
// to be had it is Min.
func (c Config) suspicion(n, confirmations int) time.Duration {
	shortest, k := c.SuspicionTimeout(n), c.Confirmations(n)
	if confirmations >= k {
		return shortest
	}
	longest := time.Duration(c.SuspicionMaxMult) * shortest
	cut := mulDiv(uint64(longest-shortest), log2(uint64(confirmations+1)), log2(uint64(k+1)))
	return max(shortest, (longest - time.Duration(cut)).Truncate(time.Millisecond))
}

// LongestSuspicion returns how long a suspect in a group of n has to answer to a single accuser.
func (c Config) LongestSuspicion(n int) time.Duration { return c.suspicion(n, 0) }

// mulDiv returns a*b/c, for b <= c, rounded down.
func mulDiv(a, b, c uint64) uint64 {
	high, low := bits.Mul64(a, b)
	quotient, _ := bits.Div64(high, low, c)
	return quotient
}

// confirm counts another accuser of a suspect. Its accusation is passed on, so that others can
// count it, and brings the verdict nearer.
func (s *Swim) confirm(now clock.Time, u Update, out *effects) {
	c := s.members.concernAbout(u.Member)
	if !c.confirm(u.From, s.config.Confirmations(int(c.size))) {
		return
	}
	s.setDeadline(c, max(now, s.verdictDue(now, c)), out) // never overdue: that would be ours
	s.publish(now, u, out)
}
