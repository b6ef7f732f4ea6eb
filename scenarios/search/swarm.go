package search

import (
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// swarm is swarm testing (Groce, Zhang, Eide, Chen and Regehr, ISSTA 2012): "each feature is included
// with a probability of one half". All of them are never left out together.
type swarm struct {
	unlearned
	choice
}

func newSwarm(base scenarios.Scenario) (Strategy, error) {
	c, err := newChoice(base)
	return &swarm{choice: c}, err
}

func (s *swarm) Plan(seed uint64) scenarios.Scenario { return s.plan(seed, s.subset(seed)) }

// subset draws one of those that are not empty, each as likely.
func (s *swarm) subset(seed uint64) subset {
	luck := rng.Stream(seed, "swarm", 0)
	return 1 + subset(luck.Below(1<<len(s.features)-1))
}
