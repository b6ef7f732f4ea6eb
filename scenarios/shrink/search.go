package shrink

import (
	"encoding/json"

	"butterfly/scenarios"
	"butterfly/scenarios/stage"
)

// search is a shrinking under way.
type search struct {
	// best is the least plan known to break the property, and outcome what its run said.
	best    scenarios.Scenario
	outcome Outcome

	judge Judge
	watch func(runs int, best *scenarios.Scenario)
	// judged holds what is known already, by the plan's text.
	judged map[string]Outcome
	runs   int
	// err is what ended the search: from then on nothing is tried.
	err error
}

// try makes the candidate the best plan if it breaks the property. All that breaks it is taken.
func (s *search) try(candidate scenarios.Scenario) bool {
	outcome := s.ask(candidate)
	if outcome.Broken {
		s.best, s.outcome = candidate, outcome
	}
	return outcome.Broken
}

// ask returns what comes of a plan: nothing, if it is not valid.
func (s *search) ask(plan scenarios.Scenario) Outcome {
	if s.err != nil || stage.Validate(&plan) != nil {
		return Outcome{}
	}
	text, err := json.Marshal(plan)
	if err != nil {
		s.err = err
		return Outcome{}
	}
	outcome, known := s.judged[string(text)]
	if !known {
		outcome = s.run(plan)
		s.judged[string(text)] = outcome
	}
	return outcome
}

// run judges a plan that nothing is known of.
func (s *search) run(plan scenarios.Scenario) (outcome Outcome) {
	if outcome, s.err = s.judge(plan); s.err != nil {
		return Outcome{}
	}
	s.runs++
	if s.watch != nil {
		best := &s.best
		if outcome.Broken {
			best = &plan
		}
		s.watch(s.runs, best)
	}
	return outcome
}

// with is the best plan with a change to it. The change gets faults of its own; what else it changes
// behind pointers it has to copy.
func (s *search) with(change func(plan *scenarios.Scenario)) scenarios.Scenario {
	plan := s.best
	plan.Faults = append([]scenarios.Fault{}, plan.Faults...)
	change(&plan)
	return plan
}

// tryWith tries the best plan with a change to it.
func (s *search) tryWith(change func(plan *scenarios.Scenario)) bool {
	return s.try(s.with(change))
}
