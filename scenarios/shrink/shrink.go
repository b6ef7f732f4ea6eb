package shrink

import (
	"errors"
	"fmt"

	"butterfly/scenarios"
	"butterfly/scenarios/stage"
)

// Judge runs a plan and says what came of the property that is to stay broken. An error ends the
// shrinking: the judge has been interrupted, or cannot judge.
type Judge func(plan scenarios.Scenario) (Outcome, error)

// Outcome is what a run says of the property.
type Outcome struct {
	// Broken: the run broke the property. At is when it did so first.
	Broken bool
	At     scenarios.Span
	// Passed: the run broke nothing at all, neither the property nor any other, and lasted for long
	// enough, and showed enough, for that to prove something: its verdict is pass.
	Passed bool
}

// Result is the least plan that was found, and how.
type Result struct {
	Plan          scenarios.Scenario
	Before, After Size
	// Runs is how many plans were judged, the given one included.
	Runs int
	// Decisive is the number of a fault in Plan without which a run passes that goes on until all is
	// judged: see [Result.Passing]. It is -1 if there is no such fault, or if the shrinking was
	// interrupted before one was found.
	Decisive int
}

// Passing is the nearest plan that passes: the least plan without the decisive fault. Its run is longer,
// for the least plan ends as soon as it has broken something, and nothing is judged by then. found is
// false if there is none.
func (r *Result) Passing() (plan scenarios.Scenario, found bool) {
	if r.Decisive < 0 {
		return scenarios.Scenario{}, false
	}
	return passing(r.Plan, r.Decisive), true
}

// ErrHeld: the plan that was to be shrunk does not break the property.
var ErrHeld = errors.New("the plan does not break the property")

// Shrink looks for a smaller plan that breaks the property, too. The plan has been expanded, and is
// valid; that of the result is in no component of [Size] larger. watch, if there is one, is told after
// every run how many there were, and the best plan so far.
//
// If judge fails, Shrink returns its error with the best plan so far; if the given plan breaks nothing,
// [ErrHeld]. Everything else depends on the plan and on what judge says, and on nothing else.
func Shrink(
	plan scenarios.Scenario, judge Judge, watch func(runs int, best *scenarios.Scenario),
) (*Result, error) {
	if plan.Vary != nil || plan.Storm != nil || plan.Trial != nil {
		return nil, errors.New("the plan has not been expanded")
	}
	if err := stage.Validate(&plan); err != nil {
		return nil, fmt.Errorf("the plan: %w", err)
	}
	s := &search{best: plan, judge: judge, watch: watch, judged: map[string]Outcome{}}
	broken, decisive := s.try(plan), -1
	if broken {
		decisive = s.shrink()
	}
	result := &Result{
		Plan: s.best, Before: SizeOf(&plan), After: SizeOf(&s.best), Runs: s.runs, Decisive: decisive,
	}
	if !broken && s.err == nil {
		return result, ErrHeld
	}
	return result, s.err
}

// shrink takes the steps, those first that make the others cheaper. It returns the decisive fault.
func (s *search) shrink() int {
	s.dropLater()
	s.spareFaults()
	s.spareOrigins()
	s.spareTargets()
	s.shortenFaults()
	s.bringForward()
	s.roundTimes()
	s.lowerNumbers()
	s.makeAlike()
	s.calm()
	s.cut()
	return s.decide()
}
