package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// "Own incarnation monotone" (al8n/memberlist), and "Only the member itself increments its
// incarnation" (SWIM, section 4.2), which it does for every refutation and description.
func TestAnOwnIncarnationThatDoesNotRiseFires(t *testing.T) {
	for _, kind := range []node.EventKind{node.Refuted, node.Described} {
		for _, again := range []uint64{8, 9} {
			s := play(t, NewTransitions(), 2)
			s.emit(1, node.Refuted, 1, 9)
			s.at(3*second).emit(1, kind, 1, again)
			require.Equal(t, 1, s.report.Broken(PropertyOwnIncarnation), "%v at %d", kind, again)
		}
	}
	s := play(t, NewTransitions(), 2)
	s.emit(1, node.Refuted, 1, 9)
	s.at(3*second).emit(1, node.Refuted, 1, 9)
	s.broke(PropertyOwnIncarnation, 3*second,
		"host 1 gives itself incarnation 9 at 3.000s with refuted, after it had 9")
}

func TestAnOwnIncarnationMustRiseAcrossLives(t *testing.T) {
	for _, kind := range []node.EventKind{
		node.Refuted, node.Described, node.MemberAlive, node.MemberLeft, node.Yielded,
	} {
		for incarnation, broken := range map[uint64]int{8: 1, 9: 1, 10: 0} {
			s := play(t, NewTransitions(), 2)
			s.emit(1, node.Refuted, 1, 9)
			s.down(1)
			s.up(1)
			s.emit(1, kind, 1, incarnation)
			require.Equal(t, broken, s.report.Broken(PropertyOwnIncarnation),
				"%v at %d", kind, incarnation)
		}
	}
}

func TestAnOwnIncarnationMayBeSaidAgain(t *testing.T) {
	s := play(t, NewTransitions(), 2)
	s.emit(1, node.MemberAlive, 1, 0)
	s.emit(1, node.MemberAlive, 1, 0)
	s.emit(1, node.Described, 1, 1, 0xaa)
	s.emit(1, node.Refuted, 1, 2)
	s.emit(1, node.MemberAlive, 1, 2, 0xaa)
	s.emit(1, node.MemberLeft, 1, 2)
	s.emit(0, node.MemberAlive, 1, 1, 0xaa) // others may be behind
	s.clean()

	s.emit(1, node.MemberAlive, 1, 1, 0xaa)
	require.Equal(t, 1, s.report.Broken(PropertyOwnIncarnation), "not the one before, though")
}

// "Running node never sees itself Dead/Left" (al8n/memberlist).
func TestAHostThatHoldsItselfDeadFires(t *testing.T) {
	s := play(t, NewTransitions(), 2)
	s.at(2*second).emit(1, node.MemberDead, 1, 7)
	s.broke(PropertyNeverSelfDead, 2*second,
		"host 1 says of itself at 2.000s: member-dead at incarnation 7")

	s = play(t, NewTransitions(), 2)
	s.emit(1, node.MemberLeft, 1, 7)
	s.emit(1, node.MemberSuspect, 1, 7)
	require.Equal(t, 1, s.report.Broken(PropertyNeverSelfDead), "not even when it has left")
}

func TestAHostThatGoesOnAfterItLeftOrYieldedFires(t *testing.T) {
	for _, last := range []node.EventKind{node.MemberLeft, node.Yielded} {
		for _, next := range []node.EventKind{node.MemberProbed, node.Refuted, node.Described} {
			s := play(t, NewTransitions(), 2)
			s.emit(1, last, 1, 7)
			s.emit(1, next, 0, 8)
			require.Equal(t, 1, s.report.Broken(PropertyNeverSelfDead), "%v after %v", next, last)
		}
	}
	s := play(t, NewTransitions(), 2)
	s.emit(1, node.MemberLeft, 1, 7)
	s.at(2*second).emit(1, node.MemberProbed, 0)
	s.broke(PropertyNeverSelfDead, 2*second,
		"host 1 goes on at 2.000s with member-probed, having left or yielded at incarnation 7")
}

func TestAHostMayLeaveYieldAndComeBack(t *testing.T) {
	s := play(t, NewTransitions(), 2)
	s.emit(1, node.MemberProbed, 0)
	s.emit(1, node.Yielded, 1, 7)
	s.emit(1, node.MemberDead, 1, 9) // of the other life that uses its ID
	s.emit(1, node.MemberLeft, 1, 7)
	s.emit(1, node.MemberAlive, 0, 3) // still listens
	s.down(1)
	s.up(1)
	s.emit(1, node.MemberProbed, 0)
	s.emit(1, node.Refuted, 1, 10)
	s.clean()
}
