package checkers

import (
	"testing"

	"butterfly/node"
)

func TestStrongEventualFiresOnTwoStatesOfOneVersion(t *testing.T) {
	s := play(t, NewStrongEventual(), 3)
	s.at(1*second).emit(0, node.MapChanged, 0, 0xaa, 1)
	s.at(2*second).emit(1, node.MapChanged, 0, 0xbb, 2)
	s.at(9*second).emit(2, node.MapChanged, 0, 0xaa, 3)
	s.broke(PropertyStrong, 9*second,
		"hosts 0 at 1.000s and 2 at 9.000s have seen the same updates (version hash "+
			"0x00000000000000aa) and hold different states 0x0000000000000001 and "+
			"0x0000000000000003")
}

func TestStrongEventualAcceptsEqualStatesAndDifferentVersions(t *testing.T) {
	s := play(t, NewStrongEventual(), 3)
	s.at(1*second).emit(0, node.MapChanged, 0, 0xaa, 1)
	s.at(2*second).emit(1, node.MapChanged, 0, 0xaa, 1) // the same state, elsewhere
	s.at(3*second).emit(2, node.MapChanged, 0, 0xbb, 2) // another version, another state
	s.at(4*second).emit(2, node.MapChanged, 0, 0xcc, 1) // another version may be the same state
	s.at(5*second).emit(1, node.CheckBegan, 0, 0xaa, 9) // not about the map at all
	s.end()
	s.clean()
}

func TestStrongEventualRemembersABoundedPast(t *testing.T) {
	limited := func() Checker {
		c := NewStrongEventual()
		c.limit = 3
		return c
	}
	// Version 0 and two others are remembered, and 0 moves to the young generation when seen again.
	s := play(t, limited(), 2)
	for version := range uint64(12) {
		s.emit(0, node.MapChanged, 0, version, 1)
		s.emit(1, node.MapChanged, 0, 0, 1)
	}
	s.clean()
	s.emit(1, node.MapChanged, 0, 0, 2)
	s.broke(PropertyStrong, 0,
		"hosts 0 at 0.000s and 1 at 0.000s have seen the same updates (version hash "+
			"0x0000000000000000) and hold different states 0x0000000000000001 and "+
			"0x0000000000000002")

	// Six other versions fill both generations: version 0 is forgotten.
	s = play(t, limited(), 2)
	for version := range uint64(7) {
		s.emit(0, node.MapChanged, 0, version, 1)
	}
	s.emit(1, node.MapChanged, 0, 0, 2)
	s.clean()
}
