package cluster

import (
	"time"

	"butterfly/node/health"
	"butterfly/scenarios"
)

// definitions are all the ways in which the origins of a scenario's cluster are checked: every variant
// for every pool, as [scenarios.Scenario.Definition] numbers them.
func definitions(s *scenarios.Scenario) []health.Definition {
	all := make([]health.Definition, 0, scenarios.Variants*s.Pools())
	for v := range scenarios.Variant(scenarios.Variants) {
		for pool := range s.Pools() {
			d := variant(v)
			d.Pool, d.Weight = uint32(pool), 1
			all = append(all, d)
		}
	}
	return all
}

// variant is how origins are checked in one of the ways. The talk says "about once a second".
func variant(v scenarios.Variant) health.Definition {
	d := health.DefaultDefinition()
	switch v {
	case scenarios.FastEdge:
		d.FastInterval = d.Interval / 2
	case scenarios.Windowed:
		d.Semantics, d.Window, d.Threshold = health.Window, 5, 3
	case scenarios.Immediate:
		d.Semantics = health.Immediate
	case scenarios.Jittered:
		d.Jitter = 200 * time.Millisecond
	}
	return d
}

// configured is by which definition each of the origins is checked that all servers know of.
func configured(s *scenarios.Scenario) []uint16 {
	numbers := make([]uint16, s.Configured())
	for origin := range numbers {
		numbers[origin] = s.Definition(uint32(origin), scenarios.Plain)
	}
	return numbers
}
