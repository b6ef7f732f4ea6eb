package shrink

import (
	"butterfly/node"
	"butterfly/scenarios"
)

// Size measures how much there is in a plan for somebody to think about.
type Size struct {
	// Faults is how many there are, Targets how many servers and origins they name altogether, one
	// that two faults name counted twice.
	Faults  int
	Targets int
	// Striking is the sum of the faults' lengths; one without an end counts 0.
	Striking scenarios.Span
	Servers  int
	// Origins is how many a cluster has, Workload how many keys, clients, and writes a second replicas
	// and registers have.
	Origins  int
	Workload int
	// Length is that of the run.
	Length scenarios.Span
}

// SizeOf measures a plan.
func SizeOf(plan *scenarios.Scenario) Size {
	size := Size{
		Faults: len(plan.Faults), Servers: plan.Servers, Origins: plan.Origins, Length: plan.Duration,
	}
	for i := range plan.Faults {
		f := &plan.Faults[i]
		size.Targets += len(f.Hosts) + len(f.Others) + len(f.Origins)
		size.Striking += f.For
	}
	if r := plan.Replicas; r != nil {
		size.Workload = r.Keys + r.Writes
	}
	if c := plan.Cap; c != nil {
		size.Workload = c.Keys + c.Clients
	}
	return size
}

// Within reports whether no component of the size is larger than that of the other.
func (s Size) Within(other Size) bool {
	return s.Faults <= other.Faults && s.Targets <= other.Targets && s.Striking <= other.Striking &&
		s.Servers <= other.Servers && s.Origins <= other.Origins && s.Workload <= other.Workload &&
		s.Length <= other.Length
}

// fewestServers is how many servers there have to be for all that the faults name to be there.
func fewestServers(plan *scenarios.Scenario) int {
	return max(
		fewest(plan, func(f *scenarios.Fault) []node.ID { return f.Hosts }),
		fewest(plan, func(f *scenarios.Fault) []node.ID { return f.Others }))
}

// fewestOrigins is the same of origins.
func fewestOrigins(plan *scenarios.Scenario) int {
	return fewest(plan, func(f *scenarios.Fault) []uint32 { return f.Origins })
}

// fewest is one more than the highest number that the faults name, and at least 1.
func fewest[T ~uint32](plan *scenarios.Scenario, named func(*scenarios.Fault) []T) int {
	least := 1
	for i := range plan.Faults {
		for _, n := range named(&plan.Faults[i]) {
			least = max(least, int(n)+1)
		}
	}
	return least
}
