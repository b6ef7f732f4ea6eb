package scenarios

import "fmt"

// Variant is a way of checking origins that the clusters of scenarios know. What each means is up to
// package cluster.
type Variant int

const (
	// Plain: every interval, so many in a row decide.
	Plain Variant = iota
	// FastEdge: more often while the results contradict the status.
	FastEdge
	// Windowed: the share of successes among the last few decides.
	Windowed
	// Immediate: every result decides.
	Immediate
	// Jittered: each probe a little later than the interval, at random.
	Jittered

	variants // how many there are
)

// Variants is how many ways of checking there are.
const Variants = int(variants)

const (
	originsPerPool = 20 // ours: a service of a few dozen servers
	maxPools       = 10_000
)

// Pools is how many pools the origins of a cluster are in.
func (s *Scenario) Pools() int { return min(max(1, s.Origins/originsPerPool), maxPools) }

// Pool is the pool of an origin.
func (s *Scenario) Pool(origin uint32) uint32 { return origin % uint32(s.Pools()) }

// Definition is the number of the definition by which an origin is checked in one of the ways.
func (s *Scenario) Definition(origin uint32, v Variant) uint16 {
	return uint16(int(v)*s.Pools()) + uint16(s.Pool(origin))
}

// definitions is how many definitions there are: one for each pool and way of checking.
func (s *Scenario) definitions() int { return Variants * s.Pools() }

// validateDefinition checks that a cluster knows the definition by which origins are registered,
// however few origins the seed draws. A guest may mean by the number what it likes.
func (s *Scenario) validateDefinition(f *Fault) error {
	fewest := Scenario{Origins: s.fewestOrigins()}
	if count := fewest.definitions(); s.Guest == nil && int(f.Definition) >= count {
		return fmt.Errorf("definition: %d does not exist, there are %d", f.Definition, count)
	}
	return nil
}

// Redefined is the number that the definition of a registration has if there are so many origins: the
// same way of checking, in the pool that its first origin is in then.
func (s *Scenario) Redefined(f *Fault, origins int) uint16 {
	other := Scenario{Origins: origins}
	return other.Definition(f.Origins[0], Variant(int(f.Definition)/s.Pools()))
}

// Configured is how many origins are known to all servers from the start: those below.
func (s *Scenario) Configured() int { return s.Origins - s.Unregistered }
