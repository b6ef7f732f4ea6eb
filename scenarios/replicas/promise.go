package replicas

import (
	"fmt"

	"butterfly/checkers"
	"butterfly/scenarios"
)

// Properties: the stable names under which broken promises are reported, beside those of package
// checkers.
const (
	// PropertyVectors: version vectors do not grow with the lives of the servers.
	PropertyVectors = "vectors-stay-short"
	// PropertyIdle: a contact that brings nothing weighs at most 24 bytes a server.
	PropertyIdle = "idle-exchange-is-light"
)

// Promise is a property that runs of replicas are held to, and its bound in words.
type Promise struct {
	Property, Bound string
}

// History returns what every map is held to that is a join, whoever has it: what
// [checkers.StrongEventual], [checkers.MapHistory] and [checkers.Sessions] check.
func History() []Promise {
	return []Promise{
		{checkers.PropertyStrong, "same updates seen, same state, at every moment"},
		{checkers.PropertyMapCoverage, "what was seen is held until it is overwritten"},
		{checkers.PropertyCausalPast, "nothing comes back that was overwritten or removed"},
		{checkers.PropertyNoThinAir, "nothing is read that nobody wrote"},
		{checkers.PropertyCausalClosure, "with a write comes what its writer had seen"},
		{checkers.PropertyVersionsGrow, "no replica forgets what it has seen"},
		{checkers.PropertyDotUniqueness, "no two writes have one name"},
		{checkers.PropertyReadYourWrites, "a client that stays reads what was written there"},
		{checkers.PropertyMonotonicReads, "a client that stays never reads anything older"},
		{checkers.PropertyFixedPoint, "who has seen the same in the end shows the same"},
	}
}

// Promises returns what a scenario that has been expanded is held to, the most important first.
func Promises(s *scenarios.Scenario) []Promise {
	g := newGroup(*s, 0) // there is nothing left to be decided by luck
	all := []Promise{
		{checkers.PropertyConvergence,
			fmt.Sprintf("equal within %v of the last write or fault", g.bounds.Settle())},
	}
	all = append(all, History()...)
	if newCensus(g).bounded() {
		all = append(all, Promise{PropertyVectors,
			fmt.Sprintf("lives are retired within %v", g.bounds.Retirement)})
	}
	if g.idle() {
		all = append(all, Promise{PropertyIdle, fmt.Sprintf("at most %d bytes", g.mostIdle())})
	}
	return all
}
