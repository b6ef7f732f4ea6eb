package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/rng"
)

// P(false suspicion per probe) is over all probes of members that are up (SWIM, section 3.1).
func TestAccusationsIsTheShareOfProbesThatFail(t *testing.T) {
	s := play(t, NewAccusations(0), 3)
	for period := range 8 {
		s.emit(0, node.MemberProbed, uint32(1+period%2))
		s.emit(1, node.MemberProbed, 0)
		if period == 3 || period == 5 {
			s.emit(0, node.ProbeFailed, uint32(1+period%2), uint64(period%2))
		}
	}
	s.end() // the eighth probes of both have no verdict
	s.metric("probes", 14)
	s.metric("failed_probes", 2)
	s.metric("false_suspicions_per_probe", 2.0/14)
}

// "its target was up and on the prober's side, from its beginning until the verdict"
func TestAccusationsLeavesOutWhatIsTrue(t *testing.T) {
	for name, disturb := range map[string]func(s *script){
		"the target goes down":  func(s *script) { s.down(1) },
		"the target restarts":   func(s *script) { s.down(1); s.up(1) },
		"the prober restarts":   func(s *script) { s.down(0); s.up(0) },
		"a cut comes in":        func(s *script) { s.cut(1, 1) },
		"a cut comes and goes":  func(s *script) { s.cut(1, 1); s.join() },
		"nothing of the sort":   func(s *script) { s.down(2); s.up(2); s.cut(1, 2) },
		"the run is over first": func(s *script) { s.end() },
	} {
		s := play(t, NewAccusations(0), 3)
		s.emit(0, node.MemberProbed, 1)
		disturb(s)
		s.emit(0, node.ProbeFailed, 1, 1)
		if name != "the run is over first" {
			s.end()
		}
		require.Equal(t, name == "nothing of the sort", s.report.Metrics()["probes"] == 1, name)
		require.Equal(t, name == "nothing of the sort", s.report.Metrics()["failed_probes"] == 1,
			name)
	}
	s := play(t, NewAccusations(0), 3)
	s.down(1)
	s.cut(1, 2)
	for _, target := range []uint32{1, 2} {
		s.emit(0, node.MemberProbed, target)
		s.emit(0, node.ProbeFailed, target, 1)
	}
	s.end()
	s.metric("probes", 0)
	require.NotContains(t, s.report.Metrics(), "false_suspicions_per_probe")
}

// "by a quarter of that, and by six standard deviations": of 10,000 probes at 1 % these are 100 + 25 +
// 6 * 9.95 = 184.7.
func TestFewFalseAccusationsFiresBeyondLuck(t *testing.T) {
	for failed, fires := range map[int]bool{0: false, 100: false, 184: false, 185: true, 9000: true} {
		s := play(t, NewAccusations(rng.Percent(1)), 2)
		for probe := range 10_000 {
			s.emit(0, node.MemberProbed, 1)
			if probe < failed {
				s.emit(0, node.ProbeFailed, 1, 1)
			}
		}
		s.emit(0, node.MemberProbed, 1)
		s.end()
		if !fires {
			s.clean()
			continue
		}
		require.Equal(t, 1, s.report.Broken(PropertyFewAccusations), failed)
	}
}
