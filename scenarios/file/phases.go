package file

import "butterfly/scenarios"

// document is a scenario with what a file may say in another way.
type document struct {
	scenarios.Scenario
	phases *phases
}

// phases are the lengths of the parts of a run. They stand for its duration, and for when its storm and
// its rates begin and end; these are what is printed.
type phases struct{ start, storm, settle scenarios.Span }

func phaseFields() []field[phases] {
	type p = phases
	return []field[p]{
		scalar("start", "how long before things may go wrong", length(),
			func(p *p) *scenarios.Span { return &p.start }).must(),
		scalar("storm", "for how long they go wrong, by the storm and the rates", length(),
			func(p *p) *scenarios.Span { return &p.storm }).must(),
		scalar("settle", "how long everything then has to settle", length(),
			func(p *p) *scenarios.Span { return &p.settle }).must(),
	}
}

// apply says by times what the phases say by lengths.
func (p *phases) apply(s *scenarios.Scenario) {
	from, to := p.start, p.start+p.storm
	s.Duration = to + p.settle
	if s.Storm != nil {
		s.Storm.From, s.Storm.To = from, to
	}
	for i := range s.Rates {
		s.Rates[i].From, s.Rates[i].To = from, to
	}
}
