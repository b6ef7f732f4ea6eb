package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

// "FP = false failure events at all agents; FP- = at healthy agents" (Lifeguard, section V).
func TestSlowTellsWhoSaidWhatOfWhom(t *testing.T) {
	s := play(t, NewSlow([]node.ID{4, 3}, clock.At(10*second)), 6)
	s.at(11*second).emit(0, node.MemberDead, 1, 1) // a healthy host of a healthy one
	s.emit(3, node.MemberDead, 1, 1)               // a slow host of a healthy one
	s.emit(4, node.MemberDead, 1, 1)
	s.emit(4, node.MemberDead, 3, 1)               // a slow host of a slow one
	s.at(13*second).emit(0, node.MemberDead, 3, 1) // a healthy host of a slow one
	s.at(14*second).emit(1, node.MemberDead, 3, 2)
	s.at(15*second).emit(1, node.MemberDead, 4, 1)
	s.emit(3, node.MemberDead, 3, 1) // of itself
	s.down(5)
	s.emit(0, node.MemberDead, 5, 1) // that is true
	s.end()
	s.clean()
	s.metric("false_deaths", 3)
	s.metric("false_deaths_at_healthy", 1)
	s.metric("deaths_of_slow", 4)
	s.metric("first_detection_seconds", 4) // 3 s and 5 s
}

func TestSlowCountsSuspicionsAtTheirSourceAndRefutes(t *testing.T) {
	s := play(t, NewSlow([]node.ID{2}, 0), 3)
	s.emit(0, node.MemberSuspect, 2, 1, 0) // by its own probe
	s.emit(1, node.MemberSuspect, 2, 1, 0) // by host 0's word
	s.emit(2, node.Refuted, 2, 2)
	s.end()
	s.metric("suspicions", 1)
	s.metric("refutes", 1)
	s.metric("false_deaths", 0)
	require.NotContains(t, s.report.Metrics(), "first_detection_seconds")
}

func TestSlowDetectsNothingBeforeTheSlowness(t *testing.T) {
	s := play(t, NewSlow([]node.ID{1}, clock.At(10*second)), 2)
	s.at(10*second-1).emit(0, node.MemberDead, 1, 1)
	s.at(12*second).emit(0, node.MemberDead, 1, 2)
	s.end()
	s.metric("deaths_of_slow", 2)
	s.metric("first_detection_seconds", 2)
}
