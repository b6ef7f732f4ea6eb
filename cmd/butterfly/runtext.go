package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"butterfly/scenarios"
	"butterfly/scenarios/cluster"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/planet"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

// mostFaults is how many faults of a failed run are listed.
const mostFaults = 10

// name is which run it was.
func (p *played) name() string {
	return fmt.Sprintf("%s, seed %v", p.result.Scenario, hunt.Seed(p.result.Seed))
}

// faults is how many faults there were, in all data centres together.
func (p *played) faults() (all int) {
	if p.scenario.Datacenters == 0 {
		return len(p.scenario.Faults)
	}
	for _, f := range p.result.Faults {
		all += f.Count
	}
	return all
}

// broken says in a clause what a failed run broke.
func (p *played) broken() string {
	first := p.result.Violations[0]
	text := fmt.Sprintf("%s was broken at %v", first.Property, first.At)
	if more := len(p.result.Violations) - 1; more > 0 {
		text += fmt.Sprintf(" and %s later", counted(more, "other promise"))
	}
	return text
}

// headline says in one sentence what happened.
func (s *sheet) headline(p *played) {
	r, faults := p.result, p.faults()
	switch {
	case p.divergence != nil:
		s.verdict(red, "DIVERGED", "%s: two runs of this seed differ at event %s.",
			p.name(), grouped(p.divergence.Step+1))
	case r.Verdict == world.Fail && p.scenario.ExpectFail:
		s.verdict(red, "FAIL", "%s: as expected, %s.", p.name(), p.broken())
	case r.Verdict == world.Fail && p.overBudget() != "":
		s.verdict(red, "FAIL", "%s: %s; that was no promise, for the fault budget is off: %s.",
			p.name(), p.broken(), p.overBudget())
	case r.Verdict == world.Fail:
		s.verdict(red, "FAIL", "%s: %s.", p.name(), p.broken())
	case r.Verdict == world.Unknown && len(r.Violations) > 0:
		s.verdict(yellow, "UNKNOWN", "%s: promises were broken, but %s.", p.name(), r.Beyond)
	case r.Verdict == world.Unknown && p.scenario.Datacenters > 0:
		s.verdict(yellow, "UNKNOWN", "%s: stopped before every data centre had been played, "+
			"with nothing broken so far.", p.name())
	case r.Verdict == world.Unknown:
		s.verdict(yellow, "UNKNOWN", "%s: stopped after %v of %v, with nothing broken so far.",
			p.name(), r.Virtual.Since(), p.scenario.Duration)
	case r.Verdict == world.Vacuous:
		s.verdict(yellow, "VACUOUS", "%s: nothing was broken, but the run proves little: "+
			"it never got where it was to go.", p.name())
	case r.Beyond != "":
		s.verdict(green, "MEASURED",
			"%s: nothing was promised, for %s; all of it held nevertheless.", p.name(), r.Beyond)
	case !bounded(&p.scenario):
		s.verdict(green, "MEASURED", "%s: %s; nothing of the kind was promised.",
			p.name(), cmp.Or(finding(r.Metrics), "the run came to its end"))
	case p.scenario.ExpectFail:
		s.verdict(green, "PASS", "%s: every promise held through %s, though some seeds break them.",
			p.name(), counted(faults, "fault"))
	case faults == 0 && p.scenario.Group == nil:
		s.verdict(green, "PASS", "%s: every promise held, and nothing went wrong.", p.name())
	case p.scenario.Group != nil && r.Metrics["undetected_crashes"] > 0: // which nobody promises to be none
		s.verdict(green, "PASS", "%s: every promise held through %s; %s.",
			p.name(), counted(faults, "fault"), finding(r.Metrics))
	case p.scenario.Group != nil && finding(r.Metrics) != "":
		s.verdict(green, "PASS", "%s: %s.", p.name(), finding(r.Metrics))
	default:
		s.verdict(green, "PASS", "%s: every promise held through %s.",
			p.name(), counted(faults, "fault"))
	}
}

// body is everything between the headline and the commands to go on with.
func (s *sheet) body(p *played) {
	s.gap()
	s.divergence(p)
	s.violations(p)
	s.simulated(p)
	s.budget(p)
	switch verdict := p.result.Verdict; {
	case len(p.result.Violations) > 0 && p.scenario.Datacenters == 0:
		s.faultList(p)
	case verdict == world.Fail || verdict == world.Unknown:
		s.bites(p, "no effect so far")
	default:
		s.bites(p, "had no effect")
		s.measured(p)
		of := p.promising()
		s.promises(p, of)
		s.bounds(of)
		s.perspectives(p)
		s.causes(p.result.Metrics)
		s.users(p.result.Metrics)
		s.costs(p)
		s.neverSeen(p)
	}
}

func (s *sheet) divergence(p *played) {
	if d := p.divergence; d != nil {
		s.row("first run", "%s", d.First)
		s.row("second run", "%s", d.Second)
	}
}

// violations says what broke, with values.
func (s *sheet) violations(p *played) {
	for i, v := range p.result.Violations {
		s.row(labelFirst("broken", i), "%s at %v", s.paint(red, v.Property), v.At)
		s.row("", "%s", v.Detail)
	}
	if p.result.Stack != "" && debugging() {
		s.WriteString(p.result.Stack)
	}
}

// simulated says how big the run was and what it took.
func (s *sheet) simulated(p *played) {
	r := p.result
	size, work := counted(p.scenario.Servers, "server"), counted(r.Events, "event")
	sent := fmt.Sprintf("%s of %s", counted(r.Messages, "message"), byteText(float64(r.Bytes)))
	switch {
	case p.scenario.Replicas != nil:
		size += ", " + counted(p.scenario.Replicas.Keys, "key")
	case p.scenario.Cap != nil:
		size += ", " + counted(p.scenario.Cap.Clients, "client")
	case p.scenario.Group == nil:
		if n := p.scenario.Datacenters; n > 0 {
			size = counted(n, "data centre") + " of " + size
		}
		size += ", " + counted(p.scenario.Origins, "origin")
		sent += ", " + counted(r.Probes, "health probe")
	}
	virtual := r.Virtual.Since().Round(time.Millisecond)
	s.row("simulated", "%s, %v in %s: %s", size, virtual, spanText(p.wall), speed(virtual, p.wall))
	s.row("", "%s, %s", work, sent)
}

// bites says what each kind of fault did.
func (s *sheet) bites(p *played, none string) {
	for i, f := range p.result.Faults {
		effect := f.Effect
		if effect == "" {
			effect = s.paint(yellow, none)
		}
		s.row(labelFirst("faults", i), "%3d %-13s %s", f.Count, f.Kind, effect)
	}
}

// faultList prints the plan of a failed run.
func (s *sheet) faultList(p *played) {
	for i := range p.scenario.Faults {
		if i == mostFaults {
			s.row("", "and %d more, all in the bundle", len(p.scenario.Faults)-mostFaults)
			return
		}
		s.row(labelFirst("faults", i), "%s", p.scenario.Faults[i].String())
	}
}

// promises says which promises held, and how close it was.
func (s *sheet) promises(p *played, of *scenarios.Scenario) {
	mark := s.paint(green, "✓")
	if p.result.Verdict != world.Pass || p.result.Beyond != "" {
		mark = s.paint(yellow, "·")
	}
	own, rest := aside(promises(of, p.result.Metrics))
	for i, held := range own {
		s.row(labelFirst("promises", i), "%s %-27s %s", mark, held.property, held.measured)
	}
	if len(rest) > 0 {
		s.row("", "%s and, at every moment: %s", mark, strings.Join(rest, ", "))
	}
	if off := unjudged(of, p.result.Metrics); len(off) > 0 {
		s.row("not checked", "%s", strings.Join(off, ", "))
	}
}

// bounds says what the bound of the headline promise is made of.
func (s *sheet) bounds(of *scenarios.Scenario) {
	if of.Group != nil || of.Replicas != nil || of.Cap != nil {
		return
	}
	config := cluster.Config(of)
	b := cluster.NewBounds(of, &config)
	for i, line := range b.GapLines() {
		s.row(labelFirst("bounds", i), "%s", line)
	}
}

// promising is the scenario whose bounds are shown: of a planet that of the data centre that is owed
// the longest.
func (p *played) promising() *scenarios.Scenario {
	if p.scenario.Datacenters == 0 {
		return &p.scenario
	}
	parts := planet.Parts(p.scenario, p.result.Seed)
	slowest := slices.MaxFunc(parts, func(x, y planet.Part) int {
		return cmp.Compare(stage.Settle(&x.Scenario), stage.Settle(&y.Scenario))
	})
	return &slowest.Scenario
}

// costs says what keeping the promises took.
func (s *sheet) costs(p *played) {
	m := p.result.Metrics
	switch {
	case p.scenario.Group != nil:
		s.row("costs", "%s and %.2f packets a server and second",
			byteText(m["bytes_per_node_second"]), m["packets_per_node_second"])
		return
	case p.scenario.Replicas != nil, p.scenario.Cap != nil:
		s.row("costs", "%s and %.2f messages a server and second",
			byteText(m["bytes_per_node_second"]), m["messages_per_node_second"])
		return
	}
	s.row("costs", "%s and %.2f messages a server and second, %.3f probes an origin and second",
		byteText(m["bytes_per_node_second"]), m["messages_per_node_second"],
		m["probes_per_origin_second"])
}

// neverSeen names the situations that were to occur and did not.
func (s *sheet) neverSeen(p *played) {
	var missing []string
	for _, situation := range p.result.Sometimes {
		if situation.Count == 0 {
			missing = append(missing, situation.Name)
		}
	}
	if len(missing) > 0 {
		s.row("never seen", "%s", strings.Join(missing, "; "))
	}
}
