package shrink

import (
	"time"

	"butterfly/scenarios"
)

const (
	second = scenarios.Span(time.Second)
	// soonest is when the first fault may strike after it has been brought forward: by then all
	// servers have started and most have joined.
	soonest = 10 * second
)

// wholeSeconds is how many seconds it takes to cover a time.
func wholeSeconds(t scenarios.Span) int { return int((t + second - 1) / second) }

// seconds is a time of so many.
func seconds(n int) scenarios.Span { return scenarios.Span(n) * second }

// shortenFaults leaves the faults a second, all of them at once, or else halves one after the other for
// as long as that will do. A fault of less than a second is short enough.
func (s *search) shortenFaults() {
	if s.tryWith(func(plan *scenarios.Scenario) {
		for i := range plan.Faults {
			plan.Faults[i].For = min(plan.Faults[i].For, second)
		}
	}) {
		return
	}
	for i := range s.best.Faults {
		for s.halve(i) {
		}
	}
}

// halve halves the length of one fault, to a whole number of seconds.
func (s *search) halve(i int) bool {
	length := s.best.Faults[i].For / 2 / second * second
	return length > 0 &&
		s.tryWith(func(plan *scenarios.Scenario) { plan.Faults[i].For = length })
}

// bringForward lets all faults strike sooner, by the same time: it saves waiting, and changes nothing
// about what happens between them.
func (s *search) bringForward() {
	if len(s.best.Faults) == 0 {
		return
	}
	faults := s.best.Faults
	first := faults[0].At
	s.lower(int(first/second), int(soonest/second), func(plan *scenarios.Scenario, at int) {
		for i := range plan.Faults {
			plan.Faults[i].At = faults[i].At - first + seconds(at)
		}
	})
}

// roundTimes rounds the times of the faults down to whole seconds.
func (s *search) roundTimes() {
	s.tryApart(s.with(func(plan *scenarios.Scenario) {
		for i := range plan.Faults {
			f := &plan.Faults[i]
			f.At -= f.At % second
			if f.For > second {
				f.For -= f.For % second
			}
		}
	}))
}

// tryApart tries a plan with the same faults at other times, unless two that were apart now overlap:
// no server is to be struck by two faults at once that was not, for nothing is promised about that.
func (s *search) tryApart(plan scenarios.Scenario) {
	for i := range plan.Faults {
		for j := range i {
			if apart(&s.best, i, j) && !apart(&plan, i, j) {
				return
			}
		}
	}
	s.try(plan)
}

func apart(plan *scenarios.Scenario, i, j int) bool {
	return scenarios.Apart(&plan.Faults[i], &plan.Faults[j], plan.Duration)
}

// cut ends the run a second after the property was broken, or as soon after that as will do. What is
// broken only when the run is over may be so sooner, but not before the last fault is over.
func (s *search) cut() {
	needed := s.outcome.At
	if needed >= s.best.Duration {
		needed = s.best.Healed()
	}
	s.lower(int(s.best.Duration/second), wholeSeconds(needed)+1, cut)
}

// cut ends the plan's run after so many seconds, and the faults that would go on. A run that is over
// sooner, and one that would be too short, stays as it is.
func cut(plan *scenarios.Scenario, length int) {
	end := max(seconds(length), scenarios.Span(scenarios.MinDuration))
	if end >= plan.Duration {
		return
	}
	plan.Duration = end
	for i := range plan.Faults {
		f := &plan.Faults[i]
		f.For = min(f.For, max(0, end-f.At))
	}
}
