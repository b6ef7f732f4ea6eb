package scenarios

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"butterfly/node"
	"butterfly/sim/rng"
)

// Storm asks for faults between From and To, so many of each kind. The seed decides when they
// strike, for how long, and whom. Each kind draws from a stream of its own, so that asking for one
// more of a kind leaves the others as they were; only a fault for which the budget then has no room
// is left out.
type Storm struct {
	From Span `json:"from"`
	To   Span `json:"to"`
	// How many faults of each kind. A crash, pause, block or leave strikes one server, an uplink or
	// a want of sockets up to a quarter of them, and it is several outages that make a flap. Registrations and
	// unregistrations are orders to one server, about some of the origins of one pool.
	Crashes      int `json:"crashes,omitempty"`
	Pauses       int `json:"pauses,omitempty"`
	Blocks       int `json:"blocks,omitempty"`
	Leaves       int `json:"leaves,omitempty"`
	Partitions   int `json:"partitions,omitempty"`
	Losses       int `json:"losses,omitempty"`
	Bursts       int `json:"bursts,omitempty"`
	Duplications int `json:"duplications,omitempty"`
	Reorderings  int `json:"reorderings,omitempty"`
	Corruptions  int `json:"corruptions,omitempty"`
	Outages      int `json:"outages,omitempty"`
	Uplinks      int `json:"uplinks,omitempty"`
	Sockets      int `json:"sockets,omitempty"`
	Flaps        int `json:"flaps,omitempty"`
	LinkStorm

	Registrations   int `json:"registrations,omitempty"`
	Unregistrations int `json:"unregistrations,omitempty"`

	Troubles

	// Least holds, by their names in files, the counts that the seed draws: each from what stands here
	// up to the storm's own. nil draws none.
	Least map[string]int `json:"least,omitempty"`

	// LossPPM is the most that a loss fault loses; 0 means 10 %.
	LossPPM rng.PPM `json:"loss_ppm,omitempty"`
	// OutageOrigins is how many origins go down in one outage; 0 means one.
	OutageOrigins int `json:"outage_origins,omitempty"`
}

// Shortest and longest faults of each kind: shorter ones prove nothing, longer ones only wait. The
// order is that in which they get their share of the budget.
var faultLengths = []struct {
	kind              FaultKind
	shortest, longest time.Duration
}{
	{Crash, 5 * time.Second, 90 * time.Second},
	{Pause, 1 * time.Second, 20 * time.Second},
	{Leave, 10 * time.Second, 90 * time.Second},
	{Block, 1 * time.Second, 20 * time.Second},
	{Partition, shortestCut, longestCut},
	{Loss, 10 * time.Second, 60 * time.Second},
	{OriginDown, 5 * time.Second, 60 * time.Second},
	{Uplink, 5 * time.Second, 90 * time.Second},
	{Register, 0, 0},
	{Unregister, 0, 0},
	{BurstLoss, 10 * time.Second, 60 * time.Second},
	{Duplicate, 10 * time.Second, 60 * time.Second},
	{Reorder, 10 * time.Second, 60 * time.Second},
	{Corrupt, 10 * time.Second, 60 * time.Second},
	{SlowLinks, 10 * time.Second, 60 * time.Second},
	{Clog, 5 * time.Second, 60 * time.Second},
	{Limit, 10 * time.Second, 60 * time.Second},
	{MTU, 10 * time.Second, 60 * time.Second},
	{NoDatagrams, 10 * time.Second, 60 * time.Second},
	{NoStreams, 10 * time.Second, 60 * time.Second},
	{Forge, 10 * time.Second, 90 * time.Second},
	{NoSockets, 10 * time.Second, 90 * time.Second},
}

// lengthsOf returns the lengths of a kind, and whether generators know it.
func lengthsOf(kind FaultKind) (l Lengths, known bool) {
	for _, own := range faultLengths {
		if own.kind == kind {
			return Lengths{Shortest: Span(own.shortest), Longest: Span(own.longest)}, true
		}
	}
	return l, false
}

// StormKinds returns every kind that the seed can draw, for a storm or at a rate.
func StormKinds() []FaultKind {
	kinds := make([]FaultKind, len(faultLengths))
	for i := range faultLengths {
		kinds[i] = faultLengths[i].kind
	}
	return kinds
}

// How long servers are parted, whoever parts them.
const (
	shortestCut = 10 * time.Second
	longestCut  = 90 * time.Second
)

const (
	minStorm       = Span(time.Second)
	maxStormFaults = 1000 // of one kind
	maxOutage      = 10_000
)

// Validate reports the first thing wrong with the storm.
func (s *Storm) Validate(duration Span) error {
	if s.From < 0 || s.To > duration || s.To-s.From < minStorm {
		return fmt.Errorf("storm: from %v to %v, expected at least %v within the run of %v",
			s.From, s.To, minStorm, duration)
	}
	if err := s.validateCounts(); err != nil {
		return err
	}
	if err := s.validateLeast(); err != nil {
		return err
	}
	if s.OutageOrigins < 0 || s.OutageOrigins > maxOutage {
		return fmt.Errorf("storm: outage_origins is %d, expected 0 to %d", s.OutageOrigins, maxOutage)
	}
	if s.PausePreset != "" {
		if err := oneOf(s.PausePreset, PausePresets()); err != nil {
			return fmt.Errorf("storm: pause_preset: %w", err)
		}
	}
	if s.LossPPM > rng.Always {
		return fmt.Errorf("storm: loss_ppm is %d, expected 0 to %d", s.LossPPM, rng.Always)
	}
	return nil
}

func (s *Storm) validateCounts() error {
	counts, all := []int{s.Flaps}, s.Flaps*mostOutages
	for _, kind := range composed {
		count := kind.count(&s.LinkStorm)
		counts, all = append(counts, count), all+count*kind.most
	}
	for _, lengths := range faultLengths {
		count := s.counts()[lengths.kind]
		counts, all = append(counts, count), all+count
	}
	for _, kind := range troubles {
		count := *kind.of(s)
		counts, all = append(counts, count), all+count*kind.most
	}
	for _, count := range counts {
		if count < 0 || count > maxStormFaults {
			return fmt.Errorf("storm: %d faults of a kind, expected 0 to %d", count, maxStormFaults)
		}
	}
	if all > MaxFaults {
		return fmt.Errorf("storm: up to %d faults, expected at most %d", all, MaxFaults)
	}
	return nil
}

// faults draws the storm's faults in a cluster of the given size, as far as the budget admits them.
func (s *Storm) faults(seed uint64, servers, origins int, budget *ledger) []Fault {
	counts := s.counts()
	var all []Fault
	for _, lengths := range faultLengths {
		r := rng.Stream(seed, "storm "+string(lengths.kind), 0)
		for range counts[lengths.kind] {
			f := Fault{Kind: lengths.kind}
			f.At, f.For = s.period(&r, lengths.shortest, lengths.longest)
			if s.aim(&r, &f, servers, origins) && budget.admit(&f) {
				all = append(all, f)
			}
		}
	}
	all = append(all, s.troubles(seed, servers, budget)...)
	return append(all, s.flaps(seed, origins)...)
}

// period draws when a fault strikes and for how long, to the millisecond, all of it within the
// storm and no more than half of it.
func (s *Storm) period(r *rng.Rand, shortest, longest time.Duration) (at, length Span) {
	half := (s.To - s.From).Duration() / 2
	shortest, longest = min(shortest, half), min(longest, half)
	length = drawSpan(r, shortest, longest)
	room := s.To - s.From - length
	return s.From + drawSpan(r, 0, room.Duration()), length
}

// drawSpan draws one to the millisecond.
func drawSpan(r *rng.Rand, shortest, longest time.Duration) Span {
	steps := uint64((longest - shortest) / time.Millisecond)
	return Span(shortest + time.Duration(r.Below(steps+1))*time.Millisecond)
}

// aim draws whom a fault strikes. It reports false if there is nobody to strike.
func (s *Storm) aim(r *rng.Rand, f *Fault, servers, origins int) bool {
	switch f.Kind {
	case Crash, Pause, Block, Leave:
		f.Hosts = []node.ID{node.ID(r.Intn(servers))}
		f.Keep = r.Below(2) == 0 && f.Kind == Crash
	case Partition:
		f.Hosts = chooseSorted[node.ID](r, servers, 1+r.Intn(servers/2))
		f.OneWay = r.Below(4) == 0
		return servers > 1
	case Loss:
		f.LossPPM = drawShare(r, cmp.Or(s.LossPPM, rng.Percent(10)))
	case BurstLoss, Duplicate, Reorder, Corrupt:
		f.spoil(r)
	case OriginDown:
		f.Origins = chooseSorted[uint32](r, origins, max(1, s.OutageOrigins))
	case Uplink, NoSockets:
		f.Hosts = chooseSorted[node.ID](r, servers, 1+r.Intn(max(1, servers/4)))
	case Register, Unregister:
		f.Hosts = []node.ID{node.ID(r.Intn(servers))}
		f.order(r, origins)
		return origins > 0
	default:
		f.aimAtLinks(r, servers)
	}
	return true
}

// chooseSorted picks count distinct numbers below n.
func chooseSorted[T ~uint32](r *rng.Rand, n, count int) []T {
	picks := make([]int, count)
	chosen := make([]T, r.Choose(n, picks))
	for i := range chosen {
		chosen[i] = T(picks[i])
	}
	slices.Sort(chosen)
	return chosen
}

// StrikesServers reports whether the fault takes the servers it strikes away for as long as it lasts.
func (f *Fault) StrikesServers() bool {
	switch f.Kind {
	case Crash, Pause, Block, Leave, Uplink, NoSockets, Slow, Upgrade:
		return true
	}
	return false
}

// sortFaults orders faults by time; those of one time keep their order.
func sortFaults(faults []Fault) {
	slices.SortStableFunc(faults, func(a, b Fault) int { return cmp.Compare(a.At, b.At) })
}
