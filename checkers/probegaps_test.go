package checkers

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// playProber makes host 0 hold some others to be members.
func playProber(t *testing.T, others int) *script {
	s := play(t, NewProbeGaps(), others+2)
	for other := range others {
		s.emit(0, node.MemberAlive, uint32(other+1), 7)
	}
	return s
}

func probes(s *script, targets ...uint32) {
	for _, target := range targets {
		s.emit(0, node.MemberProbed, target)
	}
}

// "At most 2n-1 protocol periods apart" (SWIM, section 4.3): 5 with 3 others, which takes being
// first and then last.
func TestProbeGapAcceptsFirstAndThenLast(t *testing.T) {
	s := playProber(t, 3)
	probes(s, 1, 2, 3, 2, 3, 1)
	s.end()
	s.clean()
	s.metric("probe_gap_max_periods", 5)
}

func TestProbeGapFiresOnePeriodLater(t *testing.T) {
	s := playProber(t, 3)
	probes(s, 1, 2, 3, 2, 3)
	s.at(6*second).emit(0, node.MemberProbed, 2) // 1 should have been the sixth
	s.clean()
	s.at(7*second).emit(0, node.MemberProbed, 1)
	s.broke(PropertyProbeGap, 7*second,
		"host 0 has not probed host 1 for 6 of its periods at 7.000s; with 3 others in its list "+
			"it may be 5")
}

func TestAMemberThatIsNeverProbedFires(t *testing.T) {
	s := playProber(t, 2)
	probes(s, 1, 1, 1)
	s.clean()
	probes(s, 1)
	require.Equal(t, 1, s.report.Broken(PropertyProbeGap))
	probes(s, 1, 1, 1, 1)
	require.Equal(t, 2, s.report.Broken(PropertyProbeGap), "once per wait")
}

func TestAnyChangeOfTheListBeginsAnew(t *testing.T) {
	for name, change := range map[string]func(s *script){
		"a new member":    func(s *script) { s.emit(0, node.MemberAlive, 3, 1) },
		"a death":         func(s *script) { s.emit(0, node.MemberDead, 2, 7) },
		"a leave":         func(s *script) { s.emit(0, node.MemberLeft, 2, 7) },
		"its own restart": func(s *script) { s.down(0); s.up(0) },
	} {
		s := playProber(t, 2)
		probes(s, 1, 2, 2, 2)
		change(s)
		probes(s, 2)
		require.Empty(t, s.report.Violations(), name)
	}
	s := playProber(t, 2)
	probes(s, 1, 2, 2, 2)
	s.emit(0, node.MemberSuspect, 1, 7) // is still probed
	s.emit(0, node.MemberAlive, 1, 8)
	s.emit(1, node.MemberAlive, 3, 1) // another's list
	s.emit(0, node.MemberDead, 3, 1)  // never was in the list
	probes(s, 2)
	require.Equal(t, 1, s.report.Broken(PropertyProbeGap))
}

func TestWhoProbesNobodyHasNoGaps(t *testing.T) {
	s := playProber(t, 2)
	s.at(900 * second).end()
	s.clean()
	require.Empty(t, s.report.Metrics())
}

// Round robin in a new random order each time never breaks the bound, whatever the orders are.
func TestRoundRobinKeepsTheBound(t *testing.T) {
	rapid.Check(t, func(t2 *rapid.T) {
		others := rapid.IntRange(1, 6).Draw(t2, "others")
		targets := make([]uint32, others)
		for i := range targets {
			targets[i] = uint32(i + 1)
		}
		s := playProber(t, others)
		for range 20 {
			probes(s, rapid.Permutation(targets).Draw(t2, "order")...)
		}
		s.end()
		s.clean()
	})
}

// The first time it fires, and the longest wait until then, are those of a look at all waits in
// every period.
func TestProbeGapsAgreesWithLookingAtEveryWait(t *testing.T) {
	rapid.Check(t, func(t2 *rapid.T) {
		const others = 3
		s := playProber(t, others)
		since, period, longest := make([]int, others+1), 0, 0
		targets := rapid.SliceOfN(rapid.Uint32Range(1, others), 30, 30).Draw(t2, "targets")
		for _, target := range targets {
			period++
			longest = max(longest, period-since[target])
			overdue := period-slices.Min(since[1:]) > 2*others-1
			probes(s, target)
			require.Equal(t2, overdue, s.report.Broken(PropertyProbeGap) > 0,
				"in period %d", period)
			if overdue {
				return
			}
			since[target] = period
		}
		s.end()
		s.metric("probe_gap_max_periods", float64(longest))
	})
}
