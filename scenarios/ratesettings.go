package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

var rateSettings = []setting{
	{"rate", "how often faults of a kind come, on average: crash:8h for the cluster, " +
		"crash:8h/server for each server, crash:off for none", setRate},
}

// setRate changes the rates of a kind, or adds one: it lasts as long as the scenario's storm or first
// rate, and half of the run without either. Scenarios copied from s keep theirs.
func setRate(s *Scenario, value string) error {
	kind, often, _ := strings.Cut(value, ":")
	if _, known := lengthsOf(FaultKind(kind)); !known {
		return fmt.Errorf("%q, expected one of %v", kind, StormKinds())
	}
	ofKind := func(r Rate) bool { return r.Kind == FaultKind(kind) }
	if often == "off" {
		s.Rates = slices.DeleteFunc(slices.Clone(s.Rates), ofKind)
		return nil
	}
	every, each, _ := strings.Cut(often, "/")
	r := Rate{Kind: FaultKind(kind), Each: Scope(each)}
	r.From, r.To = s.spoilt()
	if err := setSpan(&r.Every, every, time.Millisecond, MaxEvery); err != nil {
		return err
	}
	if _, err := r.scope(); err != nil {
		return err
	}
	s.setRate(r)
	return nil
}

// setRate gives all rates of r's kind its times, or adds r where there is none.
func (s *Scenario) setRate(r Rate) {
	s.Rates = slices.Clone(s.Rates)
	changed := false
	for i := range s.Rates {
		if old := &s.Rates[i]; old.Kind == r.Kind {
			old.Every, old.Each, changed = r.Every, r.Each, true
		}
	}
	if !changed {
		s.Rates = append(s.Rates, r)
	}
}

// spoilt is when things go wrong that the seed draws: during the storm, or the first of the rates, or
// else from a tenth of the run to its half.
func (s *Scenario) spoilt() (from, to Span) {
	switch {
	case s.Storm != nil:
		return s.Storm.From, s.Storm.To
	case len(s.Rates) > 0:
		return s.Rates[0].From, s.Rates[0].To
	}
	return s.Duration / 10, s.Duration / 2
}

// moveRates gives the rates their place in a run of another length. How often faults come stays.
func (s *Scenario) moveRates(from, to Span) {
	s.Rates = slices.Clone(s.Rates)
	for i := range s.Rates {
		r := &s.Rates[i]
		r.From, r.To = scale(r.From, from, to), scale(r.To, from, to)
	}
}
