package checkers

import (
	"testing"

	"butterfly/node"
)

// "no sooner than that after it has begun to take part (Ready)"
func TestTakeoversWaitFiresOnHaste(t *testing.T) {
	s := play(t, NewPatience(10*second), 2)
	s.at(5*second).emit(1, node.Ready, 0)
	s.at(15*second-1).emit(1, node.CheckBegan, 2, 1)
	s.broke(PropertyTakeoversWait, 15*second-1, "host 1 begins to check origin 2 at 15.000s, of rank 1, "+
		"9.999999999s after it was ready: those above have 10s each")
}

func TestTakeoversWaitLeavesOutOwnersAndThePatient(t *testing.T) {
	s := play(t, NewPatience(10*second), 2)
	s.at(5*second).emit(0, node.Ready, 0)
	s.emit(0, node.CheckBegan, 0, 0) // the owner waits for nobody
	s.at(15*second).emit(0, node.CheckBegan, 1, 3)
	s.at(20*second).emit(1, node.Ready, 0) // another host
	s.at(21*second).emit(0, node.CheckBegan, 2, 1)
	s.end()
	s.clean()
}
