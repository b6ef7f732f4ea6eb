package search

import (
	"slices"

	"butterfly/scenarios"
)

// feature is something that a scenario asks for and can do without: faults of a kind, or something that
// is done by those who use the system.
type feature struct {
	name string
	// leave takes it out of a scenario that no other one shares memory with behind its pointers.
	leave func(s *scenarios.Scenario)
}

// features returns all that a scenario has, in an order that depends on nothing else.
func features(s *scenarios.Scenario) (all []feature) {
	add := func(has bool, name string, leave func(s *scenarios.Scenario)) {
		if has {
			all = append(all, feature{name, leave})
		}
	}
	if s.Storm != nil {
		for _, part := range s.Storm.Parts() {
			add(true, part, func(s *scenarios.Scenario) { s.Storm = s.Storm.Without(part) })
		}
	}
	if t := s.Trial; t != nil {
		add(true, string(t.Kind), func(s *scenarios.Scenario) { s.Trial = nil })
		add(t.Percent > 0 || t.Slow > 1, "many-servers", strikeOne)
	}
	for _, kind := range ratedKinds(s) {
		add(true, "rates of "+string(kind), func(s *scenarios.Scenario) { withoutRates(s, kind) })
	}
	add(s.LossPPM > 0, "loss", withoutLoss)
	if r := s.Replicas; r != nil {
		add(r.Writes > 0, "writes", func(s *scenarios.Scenario) { own(&s.Replicas).Writes = 0 })
		add(r.Writes > 0 && r.RemovalsPPM > 0, "removals",
			func(s *scenarios.Scenario) { own(&s.Replicas).RemovalsPPM = 0 })
	}
	if g := s.Group; g != nil {
		add(g.UpdateAt > 0, "update", func(s *scenarios.Scenario) { own(&s.Group).UpdateAt = 0 })
	}
	return all
}

// strikeOne makes a trial strike one server only.
func strikeOne(s *scenarios.Scenario) {
	if s.Trial != nil {
		t := own(&s.Trial)
		t.Percent, t.Slow = 0, min(t.Slow, 1)
	}
}

// ratedKinds are the kinds of faults that come at a rate, in the order of the rates.
func ratedKinds(s *scenarios.Scenario) (kinds []scenarios.FaultKind) {
	for i := range s.Rates {
		if kind := s.Rates[i].Kind; !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// withoutRates takes away all rates of a kind.
func withoutRates(s *scenarios.Scenario, kind scenarios.FaultKind) {
	s.Rates = slices.DeleteFunc(slices.Clone(s.Rates), func(r scenarios.Rate) bool { return r.Kind == kind })
}

// withoutLoss takes away the loss that lasts throughout the run.
func withoutLoss(s *scenarios.Scenario) {
	s.LossPPM = 0
	if s.Vary != nil {
		own(&s.Vary).LossPPM = nil
	}
}

// own gives a scenario a copy of its own of what it points to, and returns that.
func own[T any](pointer **T) *T {
	copied := **pointer
	*pointer = &copied
	return &copied
}

// subset is a set of features, by their numbers. A cluster with all that a storm may ask for, rates of
// every kind and loss has 63.
type subset uint64

func (s subset) has(number int) bool { return s&(1<<number) != 0 }

// choice is a scenario whose features may be left out.
type choice struct {
	base     scenarios.Scenario
	features []feature
}

// newChoice refuses a scenario of which nothing can be left out.
func newChoice(base scenarios.Scenario) (choice, error) {
	c := choice{base, features(&base)}
	drawn := base.Storm != nil || base.Trial != nil || len(base.Rates) > 0
	if !drawn && len(c.features) < 2 || len(c.features) == 0 {
		return c, nothingToVary(&base)
	}
	return c, nil
}

// plan is the scenario with some of its features, expanded.
func (c *choice) plan(seed uint64, on subset) scenarios.Scenario {
	s := c.base
	for number, f := range slices.Backward(c.features) {
		if !on.has(number) {
			f.leave(&s)
		}
	}
	return s.Expand(seed)
}
