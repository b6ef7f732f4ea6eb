package main

import (
	"math"

	"butterfly/node/swim"
)

// expectedFirst is how many seconds it takes on average from a crash in a group of n until the
// first member holds the crashed one dead, on a network whose delays are small against the
// intervals:
//
//	T' * wait(n)          until some member begins a probe of it
//	T'                    until that member's verdict, when it accuses it (SWIM, section 3.1)
//	SuspicionTimeout(n)   until its time to answer is over, if K others accuse it meanwhile
//	T' * late(x)          until they have, if they are slow
//
// where T' is the probe interval and x the suspicion timeout in intervals. The rounds of gossip
// that carry accusations from one to the other are left out: they take a fraction of an interval.
func expectedFirst(config *swim.Config, n int) float64 {
	interval, patience := config.ProbeInterval.Seconds(), config.SuspicionTimeout(n).Seconds()
	late := lateConfirmations(config.Confirmations(n), patience/interval)
	return interval*(firstProbe(n)+1+late) + patience
}

// firstProbe is the expected time, in protocol periods, until the first of n-1 survivors begins a
// probe of a crashed member. Each of them probes once in a period, at a phase of its own, and goes
// through its n-1 members in a fresh random order each time (SWIM, section 4.3). Let miss(j) be the
// chance that j probes in a row, beginning anywhere in an order, do not meet the crashed member.
// Within a time of j+f periods, 0 <= f < 1, a survivor has begun j+1 probes with the chance f, and
// otherwise j. So the expected minimum is the sum over j of
//
//	  1                                            miss(j)^n - miss(j+1)^n
//	integral ((1-f) miss(j) + f miss(j+1))^(n-1) df = -------------------------
//	  0                                            n (miss(j) - miss(j+1))
//
// which tends to 1 as n grows, for the chance of no probe in t periods tends to e^-t.
//
// After 2(n-1)-1 periods somebody certainly has.
func firstProbe(n int) float64 {
	expected, size := 0.0, float64(n)
	for j := range min(2*(n-1)-1, certainPeriods) {
		before, after := missed(j, n-1), missed(j+1, n-1)
		expected += (math.Pow(before, size) - math.Pow(after, size)) / (size * (before - after))
	}
	return expected
}

// certainPeriods is after how many periods somebody as good as certainly has, in a group of any
// size: e^-50 is 2e-22.
const certainPeriods = 50

// missed is the chance that j probes in a row miss one of m members. The first of the j has a
// uniformly random place in an order, which r = 1 to m probes are left of. If j is more than r, the
// others are the first of the next order.
func missed(j, m int) float64 {
	sum := 0.0
	for r := 1; r <= m; r++ {
		here, next := min(j, r), min(m, max(0, j-r))
		sum += (1 - float64(here)/float64(m)) * (1 - float64(next)/float64(m))
	}
	return sum / float64(m)
}

// lateConfirmations is by how many periods, on average, the k-th further accusation comes later
// than x periods after the first, if they come once in a period on average and independently, as
// probes of one member by a large group do: the expectation of max(0, G-x) for the k-th arrival G
// of such a process,
//
//	e^-x * sum over i < k of (k-i) x^i/i!
func lateConfirmations(k int, x float64) float64 {
	sum, term := 0.0, math.Exp(-x)
	for i := range k {
		sum += float64(k-i) * term
		term *= x / float64(i+1)
	}
	return sum
}
