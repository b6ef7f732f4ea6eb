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

// subset is a set of features, by their numbers.
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
	if base.Storm == nil && base.Trial == nil && len(c.features) < 2 || len(c.features) == 0 {
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
