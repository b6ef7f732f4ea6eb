package planet

import (
	"cmp"
	"fmt"
	"slices"

	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// Part is one data centre: a cluster like any other.
type Part struct {
	// Scenario is expanded; its name is the planet's with the number of the data centre.
	Scenario scenarios.Scenario
	Seed     uint64
}

// Parts returns the data centres of a scenario, which has some and is not expanded, for a seed of
// the planet.
func Parts(s scenarios.Scenario, seed uint64) []Part {
	everywhere := sharedOutages(&s, seed)
	seeds := rng.Named(seed, "data centre")
	parts := make([]Part, s.Datacenters)
	for i := range parts {
		luck := seeds.At(uint64(i))
		parts[i] = part(s, i, luck.Uint64(), everywhere)
	}
	return parts
}

// part is data centre number i of s.
func part(s scenarios.Scenario, i int, seed uint64, everywhere []scenarios.Fault) Part {
	s.Name = fmt.Sprintf("%s-dc%02d", s.Name, i)
	s.Datacenters = 0
	all := slices.Concat(s.Faults, everywhere)
	s.Faults = nil
	lasting := 0
	if s.Storm != nil {
		storm := *s.Storm
		storm.Outages -= shared(&storm)
		s.Storm, lasting = &storm, (storm.Outages+1)/2
	}
	s = s.Expand(seed)
	prolong(s.Faults, lasting)
	s.Faults = append(all, s.Faults...)
	slices.SortStableFunc(s.Faults, func(a, b scenarios.Fault) int { return cmp.Compare(a.At, b.At) })
	return Part{s, seed}
}

// shared is how many of a storm's outages are those of the origins themselves.
func shared(storm *scenarios.Storm) int { return (storm.Outages + 1) / 2 }

// prolong makes the last so many outages of a data centre last to the end of its run.
func prolong(faults []scenarios.Fault, outages int) {
	for i := len(faults) - 1; i >= 0 && outages > 0; i-- {
		if f := &faults[i]; f.Kind == scenarios.OriginDown {
			f.For = 0
			outages--
		}
	}
}

// sharedOutages draws the outages that are the same from everywhere.
func sharedOutages(s *scenarios.Scenario, seed uint64) []scenarios.Fault {
	if s.Storm == nil {
		return nil
	}
	outages := scenarios.Scenario{
		Servers: s.Servers, Origins: s.Origins, Unregistered: s.Unregistered,
		Storm: &scenarios.Storm{
			From: s.Storm.From, To: s.Storm.To,
			Outages: shared(s.Storm), OutageOrigins: s.Storm.OutageOrigins,
		},
	}
	return outages.Expand(seed).Faults
}
