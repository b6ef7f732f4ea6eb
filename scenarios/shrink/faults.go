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
	numbers := count(len(faults))
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
// one can be. Then it looks for a plan that passes among those with one fault less, which hold the
// property at least for as long as the least plan takes to break it. It returns the number of the least
// fault without which a run passes, or -1.
func (s *search) decide() int {
	for i := 0; i < len(s.best.Faults); {
		if s.try(without(s.best, i)) {
			i = 0
		} else {
			i++
		}
	}
	numbers := count(len(s.best.Faults))
	slices.SortStableFunc(numbers, s.compareWeights)
	for _, i := range numbers {
		if s.ask(passing(s.best, i)).Passed {
			return i
		}
	}
	return -1
}

// passing is a plan with one fault less, whose run goes on for as long as it takes to be judged.
func passing(plan scenarios.Scenario, i int) scenarios.Scenario {
	plan = without(plan, i)
	settle := max(stage.Settle(&plan), plan.LongestBound())
	end := seconds(wholeSeconds(plan.Healed() + scenarios.Span(settle)))
	plan.Duration = max(plan.Duration, end)
	return plan
}

// without is a plan with one fault less.
func without(plan scenarios.Scenario, i int) scenarios.Scenario {
	plan.Faults = slices.Delete(append([]scenarios.Fault{}, plan.Faults...), i, i+1)
	return plan
}

// compareWeights compares two faults of the best plan: by whom they strike, then for how long.
func (s *search) compareWeights(i, j int) int {
	a, b := &s.best.Faults[i], &s.best.Faults[j]
	return cmp.Or(
		cmp.Compare(len(a.Hosts)+len(a.Others)+len(a.Origins),
			len(b.Hosts)+len(b.Others)+len(b.Origins)),
		cmp.Compare(a.For, b.For),
	)
}

// count is 0, 1, 2 and so on, n of them.
func count(n int) []int {
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i
	}
	return numbers
}
