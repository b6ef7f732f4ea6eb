package checkers

import (
	"testing"

	"butterfly/node"
)

// "stable group size" (SWIM, figure 4)
func TestGroupIsTheMedianOverWhoIsLeft(t *testing.T) {
	s := play(t, NewGroup(), 6)
	for host := range node.ID(6) {
		s.emit(host, node.Founded, uint32(host), 6)
	}
	for host := range node.ID(4) {
		s.emit(host, node.MemberDead, 4, 0)
		s.emit(host, node.MemberDead, 5, 0)
	}
	s.emit(4, node.Yielded, 4, 0)
	s.emit(3, node.MemberSuspect, 2, 0) // a suspect is a member
	s.emit(2, node.MemberDead, 3, 0)    // has heard something that the others have not
	s.end()
	s.clean()
	s.metric("stable_members", 4) // of 4, 4, 3, 4 and, at host 5, which heard nothing, 6
}

func TestGroupOfNobodyIsEmpty(t *testing.T) {
	s := play(t, NewGroup(), 2)
	s.down(0)
	s.emit(1, node.MemberLeft, 1, 0)
	s.end()
	s.metric("stable_members", 0)
}
