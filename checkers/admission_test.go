package checkers

import (
	"testing"

	"butterfly/node"
)

// "Until then it checks nothing."
func TestJoinsFirstFiresOnWhoChecksBefore(t *testing.T) {
	s := play(t, NewAdmission(8*second), 2)
	s.at(5*second).emit(1, node.MemberAlive, 0)
	s.emit(1, node.CheckBegan, 7)
	s.broke(PropertyJoinsFirst, 5*second,
		"host 1 begins to check origin 7 at 5.000s, before it takes part")
}

// "That it has joined takes at least that it holds somebody else alive", in the same life.
func TestJoinsFirstFiresOnWhoHasMetNobody(t *testing.T) {
	s := play(t, NewAdmission(8*second), 2)
	s.emit(1, node.MemberAlive, 0)
	s.emit(1, node.Ready, 0)
	s.clean()
	s.at(3 * second).down(1)
	s.at(4 * second).up(1)
	s.emit(1, node.MemberAlive, 1)
	s.at(12*second-1).emit(1, node.Ready, 0)
	s.broke(PropertyJoinsFirst, 12*second-1, "host 1 takes part at 12.000s, 7.999999999s after it "+
		"began and before it has met anybody: it is to wait for 8s")
}

// "Or has waited for long enough that somebody would have let it in": alone is a cluster too.
func TestJoinsFirstLetsTheLonelyBegin(t *testing.T) {
	s := play(t, NewAdmission(8*second), 2)
	s.at(8*second).emit(1, node.Ready, 0)
	s.emit(1, node.CheckBegan, 7)
	s.end()
	s.clean()
}
