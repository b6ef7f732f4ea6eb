package group

import (
	"slices"
	"time"

	"butterfly/node"
	"butterfly/scenarios"
)

// forGood and returns tell crashes for good from those after which the servers are back.
func forGood(f *scenarios.Fault) bool { return f.Kind == scenarios.Crash && f.For == 0 }
func returns(f *scenarios.Fault) bool { return f.Kind == scenarios.Crash && f.For > 0 }
func blocks(f *scenarios.Fault) bool  { return f.Kind == scenarios.Block }

// detectable reports whether all crashes of a scenario that has been expanded are held to the bound on
// their detection: it makes no allowance for news of earlier lives, or for anything else in the plan.
// Crashes for good are held to it whatever else there is.
func detectable(s *scenarios.Scenario) bool {
	crashed := map[node.ID]bool{}
	for i := range s.Faults {
		f := &s.Faults[i]
		if forGood(f) {
			return true
		}
		for _, id := range f.Hosts {
			if !returns(f) || crashed[id] {
				return false
			}
			crashed[id] = true
		}
	}
	return true
}

// splits and obstructs tell what parts the group for sure from what may lead it astray.
func splits(f *scenarios.Fault) bool    { return f.Splits() }
func obstructs(f *scenarios.Fault) bool { return f.Obstructs() }

// has reports whether a scenario that has been expanded contains a fault of the kind.
func has(s *scenarios.Scenario, kind scenarios.FaultKind) bool {
	return slices.ContainsFunc(s.Faults, func(f scenarios.Fault) bool { return f.Kind == kind })
}

// suffers reports whether a scenario that has been expanded contains a fault of the given sort.
func suffers(s *scenarios.Scenario, sort func(*scenarios.Fault) bool) bool {
	return slices.ContainsFunc(s.Faults, func(f scenarios.Fault) bool { return sort(&f) })
}

// struck returns the hosts that faults of the given sort strike, ascending, and whether there are any.
func struck(s *scenarios.Scenario, sort func(*scenarios.Fault) bool) (hosts []node.ID, found bool) {
	for i := range s.Faults {
		if f := &s.Faults[i]; sort(f) {
			hosts = append(hosts, f.Hosts...)
		}
	}
	slices.Sort(hosts)
	return slices.Compact(hosts), len(hosts) > 0
}

// silences is for how long a probe that begins meets a host that is out of reach, though it has not
// crashed, until its period is over.
func silences(s *scenarios.Scenario, period time.Duration) (sum time.Duration) {
	for i := range s.Faults {
		if f := &s.Faults[i]; f.Splits() || f.Kind == scenarios.Block {
			sum += max(0, f.For.Duration()-period)
		}
	}
	return sum
}

// longest is how long the longest fault of a kind lasts; 0 if there is none.
func longest(s *scenarios.Scenario, kind scenarios.FaultKind) (length time.Duration) {
	for i := range s.Faults {
		if f := &s.Faults[i]; f.Kind == kind {
			length = max(length, f.For.Duration())
		}
	}
	return length
}

// first is when the first fault of a kind begins; there is one.
func first(s *scenarios.Scenario, kind scenarios.FaultKind) scenarios.Span {
	i := slices.IndexFunc(s.Faults, func(f scenarios.Fault) bool { return f.Kind == kind })
	return s.Faults[i].At
}
