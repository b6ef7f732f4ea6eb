package checkers

import (
	"testing"

	"butterfly/node"
)

// "whom a host holds dead or left it forgets within the bound"
func TestGoneForgottenFiresOnWhoIsKept(t *testing.T) {
	for name, then := range map[string]func(s *script){
		"the run is over":    func(s *script) { s.end() },
		"it is forgotten":    func(s *script) { s.emit(0, node.MemberForgotten, 1, 5) },
		"it is back by then": func(s *script) { s.emit(0, node.MemberAlive, 1, 6) },
	} {
		t.Run(name, func(t *testing.T) {
			s := play(t, NewRetention(30*second), 3)
			s.at(10*second).emit(0, node.MemberLeft, 1, 5)
			then(s.at(40*second + 1))
			s.broke(PropertyGoneForgotten, 40*second,
				"host 0 has kept host 1 since it held it dead or left at 10.000s until 40.000s; by the "+
					"bound 30s it had until 40.000s")
		})
	}
}

// "within the bound, counted from the last time that it said so, unless it is a member again by then"
func TestGoneForgottenLeavesOutWhoIsNotKept(t *testing.T) {
	for name, then := range map[string]func(s *script){
		"it is forgotten in time": func(s *script) { s.at(40*second).emit(0, node.MemberForgotten, 1, 5) },
		"it is back":              func(s *script) { s.at(40*second).emit(0, node.MemberAlive, 1, 6) },
		"the host restarts":       func(s *script) { s.at(39 * second).down(0); s.up(0) },
		"it dies anew": func(s *script) {
			s.at(40*second).emit(0, node.MemberDead, 1, 6)
			s.at(70*second).emit(0, node.MemberForgotten, 1, 6)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := play(t, NewRetention(30*second), 3)
			s.at(10*second).emit(0, node.MemberDead, 1, 5)
			s.emit(1, node.MemberLeft, 1, 5) // its own word about itself
			then(s)
			s.at(90 * second).end()
			s.clean()
		})
	}
}
