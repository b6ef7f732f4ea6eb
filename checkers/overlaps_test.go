package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

func TestOverlapsHaveCauses(t *testing.T) {
	for want, happen := range map[Cause]func(s *script){
		Registration: func(s *script) { s.register(1, 0) },
		Crash:        func(s *script) { s.down(2) },
		Pause:        func(s *script) { s.stall(1) },
		LostUplink:   func(s *script) { s.uplink(1, false); s.uplink(1, true) },
		Partition:    func(s *script) { s.cut(1, 2); s.join() },
		Join:         func(s *script) { s.down(1); s.up(1) },
		Flapping:     func(s *script) { s.stall(3) }, // who has nothing to do with it
	} {
		s := play(t, NewDuplicates(5*second, Origins{Count: 1}), 4)
		s.at(1*second).emit(2, node.CheckBegan, 0)
		s.at(20 * second)
		happen(s)
		s.emit(2, node.CheckEnded, 0)
		s.at(22*second).emit(0, node.CheckBegan, 0)
		s.at(25*second).emit(1, node.CheckBegan, 0)
		s.at(28*second).emit(1, node.CheckEnded, 0)
		s.at(40 * second).end()
		s.metric("overlap_"+want.String()+"_seconds", 3)
		s.metric("duplicate_probe_seconds", 3)
		s.metric("overlap_ratio", 3./40)
	}
}

// "What happened within the bound before counts."
func TestWhatHappenedLongAgoIsNoCause(t *testing.T) {
	s := play(t, NewDuplicates(5*second, Origins{Count: 1}), 2)
	s.at(1*second).emit(0, node.CheckBegan, 0)
	s.at(5*second+2).emit(1, node.CheckBegan, 0)
	s.at(6*second + 2).down(1)
	s.end()
	s.metric("overlap_flapping_seconds", 1)
	require.NotContains(t, s.report.Metrics(), "overlap_join_seconds")
}

func TestAnOverlapKeepsItsCause(t *testing.T) {
	s := play(t, NewDuplicates(5*second, Origins{Count: 1}), 4)
	s.at(1*second).emit(0, node.CheckBegan, 0)
	s.emit(1, node.CheckBegan, 0)
	s.emit(2, node.CheckBegan, 0)
	s.emit(3, node.CheckBegan, 0)
	s.at(9*second).cut(1, 2, 3) // both sides go on with two each
	s.at(10 * second).end()
	s.metric("overlap_join_seconds", 8+2)
	s.metric("overlap_ratio", (3*8+2*1)/10.)
}

func TestRatesAreOfWhatIsWanted(t *testing.T) {
	s := play(t, NewDuplicates(5*second, Origins{Count: 3, Configured: 1}), 1)
	s.at(6*second).register(0, 1)
	for range 14 {
		s.probe(0, 0)
	}
	s.at(10 * second).end()
	s.metric("probes_per_origin_second", 1) // of origin 0 in 10 s, and origin 1 in 4 s
}
