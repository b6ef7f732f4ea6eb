package shrink

import (
	"slices"
	"time"

	"butterfly/netmodel"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// mostHalvings is in how many runs a number is approached when the least of its values will not do: what
// a fourth run would win is hardly worth it.
const mostHalvings = 2

// lower looks for a lower value of a number: the least one, else by bisection. The property need not
// be broken for every number above one for which it is; then some lower value is found, or none.
func (s *search) lower(value, least int, set func(plan *scenarios.Scenario, value int)) {
	breaks := func(value int) bool {
		return s.tryWith(func(plan *scenarios.Scenario) { set(plan, value) })
	}
	if value <= least || breaks(least) {
		return
	}
	for range mostHalvings {
		middle := least + (value-least)/2
		switch {
		case middle == least:
			return
		case breaks(middle):
			value = middle
		default:
			least = middle
		}
	}
}

// lowerNumbers makes do with fewer servers, origins, and less work. Those that faults name stay, by the
// numbers they have: with another number a server is another one to its peers. Two servers stay up at
// all times, as the fault budget demands.
func (s *search) lowerNumbers() {
	s.lower(s.best.Servers, max(fewestServers(&s.best), struckAtOnce(&s.best)+2),
		func(plan *scenarios.Scenario, servers int) {
			plan.Servers, plan.Racks = servers, min(plan.Racks, servers)
		})
	switch {
	case s.best.Replicas != nil:
		s.lowerReplicas()
	case s.best.Cap != nil:
		s.lowerCap()
	case s.best.Origins > 0:
		s.lower(s.best.Origins, fewestOrigins(&s.best), setOrigins)
	}
}

// struckAtOnce is how many servers do not run at some time.
func struckAtOnce(plan *scenarios.Scenario) int {
	return scenarios.MostAtOnce(plan.Faults, plan.Duration, (*scenarios.Fault).StrikesServers)
}

// setOrigins takes origins away from the end. Those that are left are as well known as they were, and
// registered to be checked in the same ways.
func setOrigins(plan *scenarios.Scenario, origins int) {
	for i := range plan.Faults {
		if f := &plan.Faults[i]; f.Kind == scenarios.Register && plan.Guest == nil {
			f.Definition = plan.Redefined(f, origins)
		}
	}
	plan.Unregistered = max(0, origins-plan.Configured())
	plan.Origins = origins
}

func (s *search) lowerReplicas() {
	r := s.best.Replicas
	s.lower(r.Writes, 0, func(plan *scenarios.Scenario, n int) { own(&plan.Replicas).Writes = n })
	s.lower(r.Keys, 1, func(plan *scenarios.Scenario, n int) { own(&plan.Replicas).Keys = n })
}

func (s *search) lowerCap() {
	c := s.best.Cap
	s.lower(c.Clients, 1, func(plan *scenarios.Scenario, n int) { own(&plan.Cap).Clients = n })
	s.lower(c.Keys, 1, func(plan *scenarios.Scenario, n int) { own(&plan.Cap).Keys = n })
}

// own gives a plan a copy of its own of what it points to, and returns that.
func own[T any](pointer **T) *T {
	copied := **pointer
	*pointer = &copied
	return &copied
}

// makeAlike tries servers that are all configured in one way, or at least speak one version of the wire
// format where faults upgrade them to the other.
func (s *search) makeAlike() {
	if s.best.Other == nil || s.tryWith(func(plan *scenarios.Scenario) { plan.Other = nil }) {
		return
	}
	s.tryWith(func(plan *scenarios.Scenario) { own(&plan.Other).Incompatible = false })
}

// calm tries a network without luck: packets take the same time, near or far, none is lost but by
// faults, rounds of gossip are not late, and nobody's messages are held back. All of it at once, or
// one thing after the other.
func (s *search) calm() {
	steps := []func(plan *scenarios.Scenario){
		func(plan *scenarios.Scenario) { plan.LossPPM = 0 },
		func(plan *scenarios.Scenario) { plan.Latency.Latency = steady(plan.Latency.Latency) },
		func(plan *scenarios.Scenario) { plan.Places, plan.Regions = nil, nil },
		withoutJitter,
		func(plan *scenarios.Scenario) { plan.Schedule = nil },
	}
	all := func(plan *scenarios.Scenario) {
		for _, step := range steps {
			step(plan)
		}
	}
	if s.tryWith(all) {
		return
	}
	for _, step := range steps {
		s.tryWith(step)
	}
}

func withoutJitter(plan *scenarios.Scenario) {
	if plan.Replicas != nil {
		own(&plan.Replicas).Jitter = 0
	}
}

// steady is a constant latency in place of another one: the median of a few that are drawn from it by a
// luck of their own, to 10 microseconds.
func steady(l netmodel.Latency) netmodel.Latency {
	luck := rng.New(0)
	draws := make([]time.Duration, 99)
	for i := range draws {
		draws[i] = l.Sample(&luck)
	}
	slices.Sort(draws)
	return netmodel.Constant(draws[len(draws)/2].Round(10 * time.Microsecond))
}
