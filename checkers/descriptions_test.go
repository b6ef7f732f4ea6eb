package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// "One (meta, versions) tuple per (member, incarnation) cluster-wide" (al8n/memberlist).
func TestTwoDescriptionsOfOneIncarnationFire(t *testing.T) {
	s := play(t, NewTransitions(), 4)
	s.emit(1, node.Described, 1, 5, 0xaa)
	s.emit(2, node.MemberAlive, 1, 5, 0xaa)
	s.at(3*second).emit(3, node.MemberAlive, 1, 5, 0xbb)
	s.broke(PropertyOneDescription, 3*second, "host 3 has at 3.000s metadata 0xbb of host 1 at "+
		"incarnation 5, of which 0xaa was the first heard")

	s = play(t, NewTransitions(), 3)
	s.emit(0, node.MemberAlive, 1, 5)
	s.down(0)
	s.emit(2, node.MemberAlive, 1, 5, 0xaa) // no metadata is not the same as some
	require.Equal(t, 1, s.report.Broken(PropertyOneDescription))
}

func TestOneDescriptionPerMemberAndIncarnation(t *testing.T) {
	s := play(t, NewTransitions(), 3)
	s.emit(0, node.MemberAlive, 1, 5, 0xaa)
	s.emit(0, node.MemberAlive, 2, 5, 0xbb)
	s.emit(0, node.MemberAlive, 1, 6, 0xcc)
	s.emit(2, node.MemberAlive, 1, 5, 0xaa)
	s.emit(2, node.MemberSuspect, 1, 5, 0) // B is the accuser
	s.clean()
}
