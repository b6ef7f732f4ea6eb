package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

func TestOwnershipFiresOnTheStateRestBeginsWith(t *testing.T) {
	s := play(t, NewOwnership(5*second, Origins{Count: 2}, lowest), 3)
	s.emit(0, node.CheckBegan, 0)
	s.emit(1, node.CheckBegan, 1) // host 0 owns origin 1
	s.at(10 * second).heal()
	s.at(15 * second).end()
	s.broke(PropertyOwnership, 15*second,
		"origin 1 is checked by host 1 on a side of 3 live servers, where its owner is host 0, at "+
			"rest since 15.000s (5s after 10.000s)")
}

func TestOwnershipFiresOnTwoCheckersAndOnNone(t *testing.T) {
	s := play(t, NewOwnership(5*second, Origins{Count: 1}, lowest), 3)
	s.emit(2, node.CheckBegan, 0)
	s.emit(0, node.CheckBegan, 0)
	s.heal()
	s.at(9 * second).end()
	s.broke(PropertyOwnership, 9*second,
		"origin 0 is checked by hosts 0 and 2 on a side of 3 live servers, where its owner is "+
			"host 0, at rest since 5.000s (5s after 0.000s)")

	s = play(t, NewOwnership(5*second, Origins{Count: 1}, lowest), 3)
	s.heal()
	s.at(9 * second).end()
	s.broke(PropertyOwnership, 9*second, "origin 0 is checked by nobody on a side of 3 live "+
		"servers, where its owner is host 0, at rest since 5.000s (5s after 0.000s)")
}

func TestOwnershipFiresOnAChangeAtRest(t *testing.T) {
	s := play(t, NewOwnership(5*second, Origins{Count: 1}, lowest), 2)
	s.emit(0, node.CheckBegan, 0)
	s.heal()
	s.at(7*second).emit(0, node.CheckEnded, 0)
	s.at(8*second).emit(0, node.CheckBegan, 0)
	s.at(9 * second).end()
	s.broke(PropertyOwnership, 7*second, "origin 0 is checked by nobody on a side of 2 live "+
		"servers, where its owner is host 0, at rest since 5.000s (5s after 0.000s)")
}

func TestOwnershipAllowsTheBoundForHandingOver(t *testing.T) {
	s := play(t, NewOwnership(5*second, Origins{Count: 1}, lowest), 2)
	s.emit(1, node.CheckBegan, 0)
	s.at(10 * second).heal()
	s.at(15*second-1).emit(0, node.CheckBegan, 0)
	s.emit(1, node.CheckEnded, 0)
	s.at(20 * second).end()
	s.clean()

	s = play(t, NewOwnership(5*second, Origins{Count: 1}, lowest), 2)
	s.emit(1, node.CheckBegan, 0)
	s.at(10 * second).heal()
	s.at(15*second-1).emit(0, node.CheckBegan, 0)
	s.at(15*second).emit(1, node.CheckEnded, 0) // a nanosecond late
	s.at(20 * second).end()
	s.broke(PropertyOwnership, 15*second,
		"origin 0 is checked by hosts 0 and 1 on a side of 2 live servers, where its owner is "+
			"host 0, at rest since 15.000s (5s after 10.000s)")
}

func TestOwnershipIsPerSideAndACrashEndsDuties(t *testing.T) {
	s := play(t, NewOwnership(5*second, Origins{Count: 1}, lowest), 4)
	s.emit(0, node.CheckBegan, 0)
	s.at(1*second).cut(1, 2, 3)
	s.at(2*second).emit(2, node.CheckBegan, 0)
	s.at(3 * second).down(0)
	s.at(4*second).emit(1, node.CheckBegan, 0)
	s.at(5 * second).heal() // the sides stay apart
	s.at(30 * second).end()
	s.clean()
}

func TestOwnershipDemandsNothingBeforeRestNorAfterANewDisturbance(t *testing.T) {
	s := play(t, NewOwnership(5*second, Origins{Count: 1}, lowest), 2)
	s.at(60 * second).end() // never healed
	s.clean()

	s = play(t, NewOwnership(5*second, Origins{Count: 1}, lowest), 2)
	s.emit(0, node.CheckBegan, 0)
	s.heal()
	s.at(10 * second).down(0)
	s.at(15*second-1).emit(1, node.CheckBegan, 0)
	s.at(20 * second).end()
	s.clean()
}

func TestOwnershipAcceptsAnOriginThatBelongsToNobody(t *testing.T) {
	nobody := func(uint32, []node.ID) node.ID { return node.Nobody }
	s := play(t, NewOwnership(5*second, Origins{Count: 1}, nobody), 2)
	s.heal()
	s.at(9 * second).end()
	s.clean()

	s = play(t, NewOwnership(5*second, Origins{Count: 1}, nobody), 2)
	s.emit(1, node.CheckBegan, 0)
	s.heal()
	s.at(9 * second).end()
	s.broke(PropertyOwnership, 9*second, "origin 0 is checked by host 1 on a side of 2 live "+
		"servers, where its owner is nobody, at rest since 5.000s (5s after 0.000s)")
}

func TestOwnershipFiresOnWhatIsNotToBeChecked(t *testing.T) {
	s := play(t, NewOwnership(5*second, Origins{Count: 2, Configured: 1}, lowest), 2)
	s.emit(0, node.CheckBegan, 0)
	s.emit(0, node.CheckBegan, 1)
	s.heal()
	s.at(9 * second).end()
	s.broke(PropertyOwnership, 9*second, "origin 1 is checked by host 0 on a side of 2 live "+
		"servers, where its owner is nobody, at rest since 5.000s (5s after 0.000s)")
}

// "Rest begins bound after the last word of an operator."
func TestOwnershipAllowsTheBoundForNews(t *testing.T) {
	for late, broken := range map[time.Duration]int{-1: 0, 0: 1} {
		s := play(t, NewOwnership(5*second, Origins{Count: 2, Configured: 1}, lowest), 2)
		s.emit(0, node.CheckBegan, 0)
		s.heal()
		s.at(20*second).unregister(1, 0)
		s.register(1, 1)
		s.at(25*second+late).emit(0, node.CheckEnded, 0)
		s.emit(0, node.CheckBegan, 1)
		s.at(60 * second).end()
		require.Equal(t, min(1, broken), min(1, s.report.Broken(PropertyOwnership)), late)
	}
}

func TestOwnershipLeavesASideThatCannotKnowAlone(t *testing.T) {
	s := play(t, NewOwnership(5*second, Origins{Count: 1}, lowest), 4)
	s.emit(0, node.CheckBegan, 0)
	s.cut(1, 2, 3)
	s.emit(2, node.CheckBegan, 0)
	s.at(20*second).unregister(1, 0)
	s.at(22*second).emit(0, node.CheckEnded, 0)
	s.heal()
	s.at(60 * second).end()
	s.clean()
}
