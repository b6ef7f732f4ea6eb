package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// playGaps promises origin 0 a probe every 30 s; after 2 s a gap counts.
func playGaps(t testing.TB, hosts int) (*script, *CauseGaps) {
	gaps := NewCauseGaps(func(uint32) time.Duration { return 2 * second })
	promise := Coverage{Origins: 1, Bound: 30 * second, Owner: lowest, Causes: gaps}
	return play(t, NewAtLeastOne(promise), hosts), gaps
}

func TestGapsHaveCauses(t *testing.T) {
	for want, happen := range map[Cause]func(s *script){
		Registration: func(s *script) { s.unregister(0, 0); s.register(0, 0) },
		Crash:        func(s *script) { s.down(0) },
		Pause:        func(s *script) { s.stall(0) },
		LostUplink:   func(s *script) { s.uplink(0, false) },
		Partition:    func(s *script) { s.cut(1, 1) },
		Join:         func(s *script) { s.down(1); s.up(1) },
		Flapping:     func(*script) {},
	} {
		s, gaps := playGaps(t, 3)
		s.at(1*second).probe(0, 0)
		s.at(3*second).probe(0, 0) // no longer than usual
		s.at(5 * second)
		happen(s)
		s.at(10*second).probe(1, 0)
		s.at(11 * second).end()
		length := 7 * second
		if want == Registration {
			length = 5 * second
		}
		require.Equal(t, []CauseGap{{want, length, 30 * second}}, gaps.Rows(), want)
		s.metric("gap_"+want.String()+"_count", 1)
		s.metric("gap_"+want.String()+"_p50_seconds", length.Seconds())
		s.metric("gap_"+want.String()+"_p99_seconds", length.Seconds())
		s.metric("gap_"+want.String()+"_max_seconds", length.Seconds())
	}
}

// What was over before the gap began is not its cause, and what went on is.
func TestOnlyWhatHappensInAGapIsItsCause(t *testing.T) {
	s, gaps := playGaps(t, 3)
	s.at(1 * second).stall(0)
	s.at(2*second).probe(0, 0) // a block keeps it from nothing yet
	s.at(5*second).probe(1, 0)
	s.at(6 * second).resume(0)
	s.at(7*second).probe(0, 0)
	s.at(10*second).probe(1, 0)
	s.at(11 * second).end()
	require.Equal(t, []CauseGap{
		{Pause, 3 * second, 30 * second}, {Flapping, 3 * second, 30 * second},
	}, gaps.Rows())
}

func TestTheFirstProbeOfASideEndsAJoin(t *testing.T) {
	s, gaps := playGaps(t, 1)
	s.at(3*second).probe(0, 0)
	s.end()
	require.Equal(t, []CauseGap{{Join, 3 * second, 30 * second}}, gaps.Rows())
}

func TestCausesHaveNamesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for cause := range causes + 1 {
		require.False(t, seen[cause.String()], cause)
		seen[cause.String()] = true
	}
	require.True(t, seen["cause?"], "there is one name too many")
}
