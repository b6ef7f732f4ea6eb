package stage

import (
	"cmp"
	"slices"

	"butterfly/scenarios"
	"butterfly/scenarios/cap"
	"butterfly/scenarios/cluster"
	"butterfly/scenarios/group"
	"butterfly/scenarios/replicas"
)

// Checks returns what runs of a scenario may be held to, by the names that reports have for it.
func Checks(s *scenarios.Scenario) []scenarios.Checkable {
	switch {
	case s.Group != nil:
		return group.Checks()
	case s.Replicas != nil:
		return replicas.Checks()
	case s.Cap != nil:
		return cap.Checks()
	}
	return cluster.Checks()
}

// AllChecks returns what runs of any kind may be held to, in the order of the names. One that has a
// bound for some kind is told to have one.
func AllChecks() []scenarios.Checkable {
	all := slices.Concat(cluster.Checks(), group.Checks(), replicas.Checks(), cap.Checks())
	slices.SortFunc(all, func(a, b scenarios.Checkable) int {
		if a.Property == b.Property && a.Bounded != b.Bounded {
			return map[bool]int{true: -1, false: 1}[a.Bounded]
		}
		return cmp.Compare(a.Property, b.Property)
	})
	return slices.CompactFunc(all, func(a, b scenarios.Checkable) bool { return a.Property == b.Property })
}
