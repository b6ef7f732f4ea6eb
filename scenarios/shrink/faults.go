package shrink

import (
	"cmp"
	"slices"

	"butterfly/scenarios"
	"butterfly/scenarios/stage"
)

// dropLater drops the faults that began when the property had been broken already, and what the run goes
// on for after all there is left to see: every run after this one takes less time. It goes on for as
// long as it takes to settle, because a smaller plan may break the property later.
func (s *search) dropLater() {
	at := s.outcome.At
	drop := func(plan *scenarios.Scenario) {
		plan.Faults = slices.DeleteFunc(plan.Faults, func(f scenarios.Fault) bool { return f.At > at })
	}
	end := wholeSeconds(at + scenarios.Span(stage.Settle(&s.best)))
	if !s.tryWith(func(plan *scenarios.Scenario) { drop(plan); cut(plan, end) }) {
		s.tryWith(drop)
	}
}

// spareFaults drops every fault that can be spared. That none is needed is tried first: such a bug
// needs no faults, and all other runs would be in vain. Then whole kinds are tried, for most bugs have
// nothing to do with most kinds; and in what is left, faults of one kind are neighbours.
func (s *search) spareFaults() {
	if s.tryWith(func(plan *scenarios.Scenario) { plan.Faults = plan.Faults[:0] }) {
		return
	}
	for _, kind := range scenarios.FaultKinds() {
		s.tryWith(func(plan *scenarios.Scenario) {
			plan.Faults = slices.DeleteFunc(plan.Faults, func(f scenarios.Fault) bool { return f.Kind == kind })
		})
	}
	faults := s.best.Faults
	numbers := make([]int, len(faults))
	for i := range numbers {
		numbers[i] = i
	}
	slices.SortStableFunc(numbers, func(a, b int) int { return cmp.Compare(faults[a].Kind, faults[b].Kind) })
	minimize(numbers, func(kept []int) bool {
		return s.tryWith(func(plan *scenarios.Scenario) {
			plan.Faults = nil
			for _, i := range slices.Sorted(slices.Values(kept)) {
				plan.Faults = append(plan.Faults, faults[i])
			}
		})
	})
}

// decide makes sure that no single fault can be spared, for the steps in between may have seen to that
// one can be. All the plans with one fault less are then known to hold the property: it returns the
// number of the least fault without which all else holds as well, or -1.
func (s *search) decide() int {
	for i := 0; i < len(s.best.Faults); {
		if s.try(without(s.best, i)) {
			i = 0
		} else {
			i++
		}
	}
	decisive := -1
	for i := range s.best.Faults {
		if s.ask(without(s.best, i)).Held && (decisive < 0 || s.lighter(i, decisive)) {
			decisive = i
		}
	}
	return decisive
}

// without is a plan with one fault less.
func without(plan scenarios.Scenario, i int) scenarios.Scenario {
	plan.Faults = slices.Delete(append([]scenarios.Fault{}, plan.Faults...), i, i+1)
	return plan
}

// lighter compares two faults of the best plan: by whom they strike, then for how long.
func (s *search) lighter(i, j int) bool {
	a, b := &s.best.Faults[i], &s.best.Faults[j]
	return cmp.Or(
		cmp.Compare(len(a.Hosts)+len(a.Others)+len(a.Origins),
			len(b.Hosts)+len(b.Others)+len(b.Origins)),
		cmp.Compare(a.For, b.For),
	) < 0
}
