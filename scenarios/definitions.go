package scenarios

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

// Configured is how many origins are known to all servers from the start: those below.
func (s *Scenario) Configured() int { return s.Origins - s.Unregistered }
