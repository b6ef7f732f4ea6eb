package cluster

import (
	"slices"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
)

// situationSettled has one name in all runs, though how long is long enough depends on the plan: a
// hunt counts situations by name over many seeds.
const situationSettled = "the run goes on for long enough after the last fault"

// settled declares that the run must go on long enough after its last fault to be judged. Without that
// situation a run that ends too early would pass for want of time.
func (c *cluster) settled() checkers.Checker {
	need := c.scenario.Healed() +
		scenarios.Span(max(c.bounds.Settle(), c.scenario.LongestBound()))
	return checkers.Sometimes(situationSettled, checkers.Ended,
		func(o *checkers.Observation, _ checkers.View) bool {
			return o.At.Since() >= need.Duration()
		})
}

// expectations declares what a run of this plan has to show to be worth anything.
type expectations struct {
	situations []string
}

// expected returns what the plan cannot fail to bring about: rest at the end, and crashes that somebody
// is there to notice.
func (c *cluster) expected() *expectations {
	e := &expectations{situations: []string{checkers.SituationAgreed}}
	if c.mixed() {
		e.situations = append(e.situations, checkers.SituationForeign)
	}
	noticed := func(f scenarios.Fault) bool { return c.noticed(&f) }
	if slices.ContainsFunc(c.scenario.Faults, noticed) {
		e.situations = append(e.situations, checkers.SituationDetected)
		// By chance a server may own nothing; with ten origins a server, once in 20,000 times.
		if c.alwaysChecked() >= 10*c.scenario.Servers {
			e.situations = append(e.situations, checkers.SituationTakeover)
		}
	}
	return e
}

// alwaysChecked is how many origins are known from the start and never unregistered.
func (c *cluster) alwaysChecked() (count int) {
	checked := slices.Repeat([]bool{true}, c.scenario.Configured())
	count = len(checked)
	for i := range c.scenario.Faults {
		f := &c.scenario.Faults[i]
		if f.Kind != scenarios.Unregister {
			continue
		}
		for _, origin := range f.Origins {
			if int(origin) < len(checked) && checked[origin] {
				checked[origin] = false
				count--
			}
		}
	}
	return count
}

// noticed reports whether f is a crash that lasts long enough to be noticed and that nothing hides: the
// group has formed, no partition is on, nothing else has struck the server shortly before or since, and
// somebody is there to notice.
func (c *cluster) noticed(f *scenarios.Fault) bool {
	formed := scenarios.Span(startSpread + c.bounds.Join)
	if f.Kind != scenarios.Crash || f.At < formed || !c.witnessed(f) {
		return false
	}
	end := c.end(f)
	settled := scenarios.Span(c.bounds.Detection.Total() + c.bounds.Join + c.bounds.Spread)
	hides := func(g scenarios.Fault) bool {
		overlaps := g.At <= end && f.At-settled <= g.End()
		strikes := g.At != f.At && slices.Contains(g.Hosts, f.Hosts[0])
		parts := g.Obstructs() || g.Kind == scenarios.Upgrade && c.scenario.Other.Apart()
		return overlaps && (parts || strikes)
	}
	lasts := (end - f.At).Duration() > c.bounds.Detection.Total()+c.bounds.Pause
	return lasts && !slices.ContainsFunc(c.scenario.Faults, hides)
}

// witnessed reports whether some server that hears the one that f strikes is struck by no fault while f
// lasts.
func (c *cluster) witnessed(f *scenarios.Fault) bool {
	struck := make(map[node.ID]bool)
	for i := range c.scenario.Faults {
		if g := &c.scenario.Faults[i]; g.At <= c.end(f) && f.At <= c.end(g) {
			for _, id := range g.Hosts {
				struck[id] = true
			}
		}
	}
	for id := range node.ID(c.scenario.Servers) {
		if !struck[id] && c.version(id, f.At) == c.version(f.Hosts[0], f.At) {
			return true
		}
	}
	return false
}

// end is when f is over; without For it lasts until the run ends.
func (c *cluster) end(f *scenarios.Fault) scenarios.Span {
	if f.For == 0 {
		return c.scenario.Duration
	}
	return f.End()
}

// Watches implements [checkers.Checker].
func (e *expectations) Watches() checkers.Kind { return checkers.Healed }

// Observe implements [checkers.Checker].
func (e *expectations) Observe(_ *checkers.Observation, _ checkers.View, r *checkers.Report) {
	for _, situation := range e.situations {
		r.Declare(situation)
	}
}
