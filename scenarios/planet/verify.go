package planet

import (
	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// Verify verifies one data centre after the other, each as [world.Verify] does. verify plays both
// worlds of a data centre, the first of them with one more checker. Where runs part the rest is not
// played, and the step is counted from the start of that data centre.
func Verify(
	s scenarios.Scenario, seed uint64,
	verify func(p Part, view checkers.Checker) (*world.Result, *world.Divergence),
) (*world.Result, *world.Divergence) {
	parts := Parts(s, seed)
	var outcomes []Outcome
	for _, p := range parts {
		view := NewView(p.Scenario.Origins)
		result, divergence := verify(p, view)
		outcomes = append(outcomes, Outcome{result, view})
		if divergence != nil {
			return Merge(s.Name, seed, parts, outcomes), in(p, divergence)
		}
	}
	return Merge(s.Name, seed, parts, outcomes), nil
}

// in names the data centre in which two runs part.
func in(p Part, d *world.Divergence) *world.Divergence {
	name := p.Scenario.Name + ": "
	return &world.Divergence{Step: d.Step, First: name + d.First, Second: name + d.Second}
}
