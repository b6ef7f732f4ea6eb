package group

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
)

// From a crash until somebody probes the member it takes e/(e-1) periods in a large group (SWIM,
// section 3.1), exactly 1/(1-(1-1/n)^(n-1)) where every member picks one of n at random. Ours picks
// one of the m = n-1 others, in turn (section 4.3), so that nobody looks in k periods with a
// probability of (1-k/m)^m, and the expectation is the sum of these: a little less, and the same in
// the limit. Until it is found out a crashed member is probed like any other, so every member in
// every tenth period of a run without faults is a sample: 80 to 1280 a run.
func TestAgreementOnFirstProbe(t *testing.T) {
	header(t, "members", "SWIM 3.1, periods", "in turn, periods", "measured, periods")
	for i, paper := range []float64{1.6466, 1.6124, 1.5968, 1.5893, 1.5856} {
		n := 8 << i
		require.InDelta(t, paper, 1/(1-math.Pow(1-1/float64(n), float64(n-1))), 5e-5)
		want := 0.0
		for k := range n - 1 {
			want += math.Pow(1-float64(k)/float64(n-1), float64(n-1))
		}
		var ours sample
		for seed := range seedCount(10, 100) {
			ours = append(ours, firstProbes(t, n, seed)...)
		}
		row(t, n, fmt.Sprintf("%.4f", paper), fmt.Sprintf("%.4f", want),
			fmt.Sprintf("%.4f", ours.mean()))
		require.InDelta(t, want, ours.mean(),
			standardErrors99*ours.deviation()/math.Sqrt(float64(len(ours))), "n = %d", n)
		require.InDelta(t, math.E/(math.E-1), want, 0.13)
	}
}

// firstProbes are the periods it takes from every tenth on until each of n members is probed.
func firstProbes(t *testing.T, n int, seed uint64) (periods sample) {
	s := catalogued(t, "swim-crash", "preset=swim", fmt.Sprint("servers=", n))
	s.Trial, s.Duration = nil, scenarios.Span(220*time.Second)
	const period = 2.0
	next := make([]float64, n) // by member: the period from which on its next probe is awaited
	for member := range next {
		next[member] = 10
	}
	watch(s, seed, func(o *checkers.Observation) {
		member, at := o.Event.Subject, o.At.Since().Seconds()/period
		if o.Event.Kind == node.MemberProbed && at > next[member] && next[member] <= 100 {
			periods = append(periods, math.Ceil(at-next[member]))
			next[member] += 10
		}
	})
	return periods
}

// A probe fails by mistake with a probability of (1-q^2)(1-q^4)^k, where q is the share
// of datagrams delivered (SWIM, section 3.1). A run has 2,800 probes, of 32 members. 30 cells are
// judged at once: each may be as far off as happens in one of 3,000, so that all agree with 99 %.
// Of 30 right ones 0.3 lie outside of their own 99 % interval, more than three in one case of
// 4,000.
func TestAgreementOnFalseSuspicions(t *testing.T) {
	header(t, "loss", "k", "(1-q²)(1-q⁴)^k", "measured", "probes")
	outside := 0
	for _, lossPercent := range []int{1, 5, 10, 20, 30} {
		for k := range 6 {
			s := catalogued(t, "swim-loss", fmt.Sprintf("loss=%d%%", lossPercent),
				fmt.Sprint("k=", k))
			s.Duration = scenarios.Span(180 * time.Second)
			runs := measure(s, seedCount(1, 20))
			probes, failed := total(runs["probes"]), total(runs["failed_probes"])
			q := 1 - float64(lossPercent)/100
			chance := (1 - q*q) * math.Pow(1-math.Pow(q, 4), float64(k))
			row(t, fmt.Sprint(lossPercent, "%"), k, fmt.Sprintf("%.3g", chance),
				fmt.Sprintf("%.3g", float64(failed)/float64(probes)), probes)
			atMost, atLeast := binomialTails(failed, probes, chance)
			require.Greater(t, min(atMost, atLeast), 0.005/30,
				"loss %d %%, k = %d: %d of %d, not %g", lossPercent, k, failed, probes, chance)
			if min(atMost, atLeast) < 0.005 {
				outside++
			}
		}
	}
	require.LessOrEqual(t, outside, 3)
}

func total(counts sample) int { return int(math.Round(counts.mean() * float64(len(counts)))) }
