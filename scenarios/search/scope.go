package search

import (
	"fmt"
	"slices"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// scopeServers is how many servers there are in a small scope: two have no majority, and with four there
// are many more plans.
const scopeServers = 3

// scopeStarts is at how many times a fault may begin: as early as can be, as late, and between.
const scopeStarts = 3

// Scope is what all plans of a strategy are made of, whatever else their scenario asks for.
type Scope struct {
	// Servers is how many servers every plan has, and Asked how many the scenario has, at most.
	Servers, Asked int
	// Most is how many faults a plan has at most, of the Kinds, each at one of so many Starts.
	Most, Starts int
	Kinds        []scenarios.FaultKind
	// Left names what the scenario asks for and no plan has.
	Left []string
}

// scope is a small set of faults from which plans are put together.
type scope struct {
	faults []scenarios.Fault
	// most is how many of a kind one plan may have.
	most map[scenarios.FaultKind]int
}

// scopeOf is what a storm or a trial may do to three servers.
func scopeOf(s *scenarios.Scenario) (all scope) {
	all.most = map[scenarios.FaultKind]int{}
	if s.Trial != nil {
		all.addTrial(s.Trial)
		return all
	}
	for _, kind := range s.Storm.Kinds() {
		all.addKind(s.Storm, kind, s.Origins)
	}
	return all
}

// kinds are those of the faults, in the order of reports.
func (c *scope) kinds() []scenarios.FaultKind {
	return slices.DeleteFunc(scenarios.FaultKinds(), func(kind scenarios.FaultKind) bool {
		return !slices.ContainsFunc(c.faults, func(f scenarios.Fault) bool { return f.Kind == kind })
	})
}

// leftOut names what a scenario asks for that no plan of a scope has.
func leftOut(s *scenarios.Scenario) (left []string) {
	if len(s.Faults) > 0 {
		left = append(left, "faults of the scenario's own")
	}
	if s.Storm != nil {
		for _, part := range s.Storm.Parts() {
			if len(s.Storm.Without(part).Kinds()) == len(s.Storm.Kinds()) {
				left = append(left, part)
			}
		}
	}
	if s.Vary != nil && s.Vary.Origins != nil {
		left = append(left, fmt.Sprintf("fewer origins than %d", s.Origins))
	}
	if s.Vary != nil && s.Vary.LossPPM != nil {
		left = append(left, fmt.Sprintf("less loss than %v", s.LossPPM))
	}
	return left
}

// addKind adds the faults of a kind, of the shortest and of the longest that the storm has. What is not
// about servers or times, such as a share of packets, is as the storm draws it by one and the same luck.
func (c *scope) addKind(storm *scenarios.Storm, kind scenarios.FaultKind, origins int) {
	luck := rng.Named(0, "scope").At(0)
	pattern, found := storm.Draw(kind, &luck, scopeServers, origins)
	if !found {
		return
	}
	shortest, longest := storm.Lengths(kind)
	lengths := slices.Compact([]scenarios.Span{scenarios.Span(shortest), scenarios.Span(longest)})
	for _, target := range targets(pattern) {
		for _, target.For = range lengths {
			c.addStarts(target, storm.From, storm.To)
		}
	}
	c.most[kind] = storm.Counts(kind)
}

// addTrial adds the faults of a trial, each of one server.
func (c *scope) addTrial(t *scenarios.Trial) {
	pattern := scenarios.Fault{Kind: scenarios.Crash, For: t.Down, Hosts: []node.ID{0}}
	switch t.Kind {
	case scenarios.Halves:
		pattern.Kind, pattern.For = scenarios.Partition, t.Cut
	case scenarios.Slowness:
		pattern.Kind, pattern.For = scenarios.Block, t.Block
	}
	from, to := t.Window()
	for host := range node.ID(scopeServers) {
		pattern.Hosts = []node.ID{host}
		c.addStarts(pattern, from, to)
	}
	c.most[pattern.Kind] = mostFaults
}

// addStarts adds a fault at every time at which it may begin, to be over by the end.
func (c *scope) addStarts(f scenarios.Fault, from, to scenarios.Span) {
	room := to - from - f.For
	before := scenarios.Span(-1)
	for i := range scenarios.Span(scopeStarts) {
		f.At = from + room*i/(scopeStarts-1)
		if f.At != before {
			c.faults = append(c.faults, f)
		}
		before = f.At
	}
}

// targets are all whom a fault like the pattern may strike among three servers.
func targets(pattern scenarios.Fault) (all []scenarios.Fault) {
	if len(pattern.Hosts) == 0 {
		return []scenarios.Fault{pattern}
	}
	for host := range node.ID(scopeServers) {
		f := pattern
		f.Hosts, f.Keep, f.OneWay = []node.ID{host}, false, false
		all = append(all, f)
		switch f.Kind {
		case scenarios.Crash:
			f.Keep = true
			all = append(all, f)
		case scenarios.Partition:
			f.OneWay = true
			all = append(all, f, inward(f, host))
		}
	}
	return all
}

// inward is a partition one way in which a host does not hear the others.
func inward(f scenarios.Fault, host node.ID) scenarios.Fault {
	f.Hosts = nil
	for other := range node.ID(scopeServers) {
		if other != host {
			f.Hosts = append(f.Hosts, other)
		}
	}
	return f
}
