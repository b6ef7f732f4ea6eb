package checkers

import (
	"testing"

	"butterfly/node"
)

// "before anybody first believes an origin to be healthy a probe of it has succeeded, and before
// anybody first believes it to be unhealthy one has failed"
func TestGroundsFiresOnABeliefWithout(t *testing.T) {
	for name, c := range map[string]struct {
		outcome  node.Outcome
		believed uint64
		word     string
	}{
		"healthy after a failure":     {node.Failed, believedHealthy, "healthy"},
		"unhealthy after a success":   {node.Succeeded, believedUnhealthy, "unhealthy"},
		"unhealthy for want of means": {node.Unable, believedUnhealthy, "unhealthy"},
	} {
		t.Run(name, func(t *testing.T) {
			s := play(t, NewGrounds(2), 2)
			s.at(1*second).result(0, 1, c.outcome)
			s.result(0, 0, node.Succeeded) // of another origin
			s.result(0, 0, node.Failed)
			s.at(2*second).emit(1, node.Believed, 1, c.believed)
			s.emit(0, node.Believed, 1, c.believed) // once is enough
			s.broke(PropertyGrounds, 2*second, "host 1 believes at 2.000s that origin 1 is "+c.word+
				", but no probe of it has found it so")
		})
	}
}

func TestGroundsHoldsWhereAnybodyHasFoundItOnce(t *testing.T) {
	s := play(t, NewGrounds(1), 2)
	s.emit(0, node.Believed, 0, believedUnknown)
	s.at(1*second).result(0, 0, node.Succeeded)
	s.at(2*second).emit(1, node.Believed, 0, believedHealthy)
	s.at(3*second).result(1, 0, node.Failed)
	s.at(4*second).emit(0, node.Believed, 0, believedUnhealthy)
	s.at(5*second).emit(0, node.Believed, 0, believedHealthy)
	s.end()
	s.clean()
}
