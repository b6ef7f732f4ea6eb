package scenarios

import (
	"fmt"
	"slices"
)

var phaseSettings = []setting{
	{"start", "how long before the storm and the rates begin; all faults move with them",
		ofPhases(func(s *Scenario, start Span) {
			from, _ := s.phases()
			s.shift(start - from)
		})},
	{"storm", "how long the storm and the rates go on; what comes after them keeps its length",
		ofPhases(func(s *Scenario, length Span) {
			from, to := s.phases()
			s.endStorm(to, from+length)
		})},
	{"settle", "how long the run goes on after the storm and the rates",
		ofPhases(func(s *Scenario, length Span) {
			_, to := s.phases()
			s.Duration = to + length
		})},
}

// ofPhases makes a setting of one that changes a phase of a run. Scenarios copied from s keep theirs.
func ofPhases(set func(*Scenario, Span)) func(*Scenario, string) error {
	return func(s *Scenario, value string) error {
		if s.Storm == nil && len(s.Rates) == 0 {
			return fmt.Errorf("the scenario %s has no storm and no rates", s.Name)
		}
		var length Span
		if err := setSpan(&length, value, 0, MaxDuration); err != nil {
			return err
		}
		if s.Storm != nil {
			storm := *s.Storm
			s.Storm = &storm
		}
		s.Rates, s.Faults = slices.Clone(s.Rates), slices.Clone(s.Faults)
		set(s, length)
		s.paced = false
		return nil
	}
}

// windows are between when the storm and each of the rates act.
func (s *Scenario) windows() (all [][2]*Span) {
	if s.Storm != nil {
		all = append(all, [2]*Span{&s.Storm.From, &s.Storm.To})
	}
	for i := range s.Rates {
		all = append(all, [2]*Span{&s.Rates[i].From, &s.Rates[i].To})
	}
	return all
}

// phases is from when to when anything goes wrong that the seed draws.
func (s *Scenario) phases() (from, to Span) {
	from = s.Duration
	for _, w := range s.windows() {
		from, to = min(from, *w[0]), max(to, *w[1])
	}
	return from, to
}

// shift makes all that goes wrong come later, or sooner, and the run as much longer or shorter.
func (s *Scenario) shift(by Span) {
	for _, w := range s.windows() {
		*w[0], *w[1] = *w[0]+by, *w[1]+by
	}
	for i := range s.Faults {
		s.Faults[i].At += by
	}
	s.Duration += by
}

// endStorm lets what went on until one time go on until another.
func (s *Scenario) endStorm(before, after Span) {
	for _, w := range s.windows() {
		if *w[1] == before {
			*w[1] = after
		}
	}
	s.Duration += after - before
}
