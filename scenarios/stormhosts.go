package scenarios

import (
	"time"

	"butterfly/node"
	"butterfly/sim/rng"
)

// Troubles asks for what happens to one server at a time, so many times each. What one of them
// consists of comes together or, if the budget has no room for all of it, not at all.
type Troubles struct {
	// Restarts are over before anybody has noticed, LongCrashes long after everybody has.
	Restarts    int `json:"restarts,omitempty"`
	LongCrashes int `json:"long_crashes,omitempty"`
	// Snapshots are two crashes: of the first a server returns with its disk, of the second with
	// what had been saved before the first.
	Snapshots int `json:"snapshots,omitempty"`
	// TornSaves are crashes with the last save cut short.
	TornSaves int `json:"torn_saves,omitempty"`
	// Moves are crashes from which servers return at another address: every other one as fast as
	// Restarts, the rest as late as LongCrashes.
	Moves int `json:"moves,omitempty"`
	// FullDisks have a crash while the disk is full, so that the new life cannot be saved, and one
	// after it.
	FullDisks int `json:"full_disks,omitempty"`
	// SlowHosts are slow for long, Neighbours make a server slow in bursts.
	SlowHosts  int `json:"slow_hosts,omitempty"`
	Neighbours int `json:"neighbours,omitempty"`
	// Collections make a server stand still again and again, as PausePreset says.
	Collections int         `json:"collections,omitempty"`
	PausePreset PausePreset `json:"pause_preset,omitempty"`
	// Joins are servers that start only now.
	Joins int `json:"joins,omitempty"`
	// Upgrades restart servers one after the other, from server 0 on, with the other configuration of
	// the scenario.
	Upgrades int `json:"upgrades,omitempty"`
	// Clocks drift, and are wrong when a life begins meanwhile.
	Clocks int `json:"clocks,omitempty"`
}

// trouble is how one kind of [Troubles] is drawn.
type trouble struct {
	stormPart
	most int // faults of one of them
	draw func(s *Storm, r *rng.Rand, on target) []Fault
}

// target is whom a trouble is for.
type target struct {
	host    node.ID // by luck
	number  int     // of the trouble, among those of its kind
	servers int
}

// troubles are all kinds, in the order in which they get their share of the budget. Clocks come
// last: whether one may be wrong depends on what else happens to its host.
var troubles = []trouble{
	{stormPart{"restarts", several, func(s *Storm) *int { return &s.Restarts }}, 1, (*Storm).restart},
	{stormPart{"long_crashes", several, func(s *Storm) *int { return &s.LongCrashes }}, 1, (*Storm).longCrash},
	{stormPart{"snapshots", several, func(s *Storm) *int { return &s.Snapshots }}, 2, (*Storm).snapshot},
	{stormPart{"torn_saves", several, func(s *Storm) *int { return &s.TornSaves }}, 1, (*Storm).tornSave},
	{stormPart{"moves", several, func(s *Storm) *int { return &s.Moves }}, 1, (*Storm).move},
	{stormPart{"full_disks", several, func(s *Storm) *int { return &s.FullDisks }}, 3, (*Storm).fullDisk},
	{stormPart{"slow_hosts", several, func(s *Storm) *int { return &s.SlowHosts }}, 1, (*Storm).slowHost},
	{stormPart{"neighbours", several, func(s *Storm) *int { return &s.Neighbours }}, mostBursts, (*Storm).neighbour},
	{stormPart{"collections", several, func(s *Storm) *int { return &s.Collections }}, mostPauses, (*Storm).collection},
	{stormPart{"joins", several, func(s *Storm) *int { return &s.Joins }}, 1, (*Storm).join},
	{stormPart{"upgrades", several, func(s *Storm) *int { return &s.Upgrades }}, 1, (*Storm).upgrade},
	{stormPart{"clocks", several, func(s *Storm) *int { return &s.Clocks }}, 2, (*Storm).wrongClock},
}

// Shortest and longest of each kind. A suspect has 4 s at least to answer where nothing else is
// configured, and all know of a crash within a minute or so. Costs are such that a server of a small
// cluster, which has some hundred inputs a second, keeps up with most of them.
const (
	shortestRestart, longestRestart     = 100 * time.Millisecond, 2 * time.Second
	shortestLongCrash, longestLongCrash = 90 * time.Second, 2 * time.Minute
	shortestCrash, longestCrash         = 5 * time.Second, 30 * time.Second
	shortestSlow, longestSlow           = 5 * time.Second, 20 * time.Second
	shortestNoise, longestNoise         = 20 * time.Second, time.Minute
	shortestBurst, longestBurstLength   = 500 * time.Millisecond, 4 * time.Second
	shortestLull, longestLull           = time.Second, 5 * time.Second
	mostBursts                          = 30
	leastSlowCost, mostSlowCost         = 500 * time.Microsecond, 8 * time.Millisecond
	leastNoisyCost, mostNoisyCost       = 2 * time.Millisecond, 50 * time.Millisecond
	shortestUpgrade, longestUpgrade     = time.Second, 10 * time.Second
	shortestWrong, longestWrong         = 20 * time.Second, 2 * time.Minute
	mostDriftPPM                        = 1000
	mostOffset                          = 10 * time.Minute
)

// troubles draws all that the storm asks for and the budget has room for.
func (s *Storm) troubles(seed uint64, servers int, budget *ledger) (all []Fault) {
	for _, kind := range troubles {
		for i := range *kind.of(s) {
			r := rng.Stream(seed, "storm "+kind.name, uint64(i))
			on := target{node.ID(r.Intn(servers)), i, servers}
			if more := kind.draw(s, &r, on); budget.admitAll(more) {
				all = append(all, more...)
			}
		}
	}
	return all
}

// crashOf draws a crash of a host, and whether its disk is kept.
func (s *Storm) crashOf(r *rng.Rand, host node.ID, shortest, longest time.Duration) Fault {
	f := Fault{Kind: Crash, Hosts: []node.ID{host}, Keep: r.Below(2) == 0}
	f.At, f.For = s.period(r, shortest, longest)
	return f
}

func (s *Storm) restart(r *rng.Rand, on target) []Fault {
	return []Fault{s.crashOf(r, on.host, shortestRestart, longestRestart)}
}

func (s *Storm) longCrash(r *rng.Rand, on target) []Fault {
	return []Fault{s.crashOf(r, on.host, shortestLongCrash, longestLongCrash)}
}

func (s *Storm) tornSave(r *rng.Rand, on target) []Fault {
	f := s.crashOf(r, on.host, shortestCrash, longestCrash)
	f.Keep, f.Torn = true, true
	return []Fault{f}
}

// move takes turns, so that few are of both kinds.
func (s *Storm) move(r *rng.Rand, on target) []Fault {
	shortest, longest := shortestRestart, longestRestart
	if on.number%2 == 1 {
		shortest, longest = shortestLongCrash, longestLongCrash
	}
	f := s.crashOf(r, on.host, shortest, longest)
	f.Moved = true
	return []Fault{f}
}

// snapshot has the second crash return what was saved before the first.
func (s *Storm) snapshot(r *rng.Rand, on target) []Fault {
	first := s.crashOf(r, on.host, shortestCrash, longestCrash)
	second := s.crashOf(r, on.host, shortestCrash, longestCrash)
	if second.At < first.At {
		first, second = second, first
	}
	first.Keep, second.Keep = true, true
	second.Old = second.At - first.At
	return []Fault{first, second}
}

// fullDisk has a disk full from before one crash until after it, and a second crash after that.
func (s *Storm) fullDisk(r *rng.Rand, on target) []Fault {
	first := s.crashOf(r, on.host, shortestCrash, longestCrash)
	second := s.crashOf(r, on.host, shortestCrash, longestCrash)
	if second.At < first.At {
		first, second = second, first
	}
	first.Keep, second.Keep = true, true
	full := Fault{Kind: DiskFull, Hosts: first.Hosts, At: first.At}
	full.For = min(first.For+drawSpan(r, time.Second, longestCrash), s.To-full.At)
	return []Fault{full, first, second}
}

func (s *Storm) slowHost(r *rng.Rand, on target) []Fault {
	f := Fault{Kind: Slow, Hosts: []node.ID{on.host}, Cost: drawCost(r, leastSlowCost, mostSlowCost)}
	f.At, f.For = s.period(r, shortestSlow, longestSlow)
	return []Fault{f}
}

// neighbour has another tenant of the machine take its time in bursts, one after the other.
func (s *Storm) neighbour(r *rng.Rand, on target) (all []Fault) {
	at, length := s.period(r, shortestNoise, longestNoise)
	end := at + length
	for at < end && len(all) < mostBursts {
		f := Fault{Kind: Slow, Hosts: []node.ID{on.host}, At: at}
		f.Cost = drawCost(r, leastNoisyCost, mostNoisyCost)
		f.For = min(drawSpan(r, shortestBurst, longestBurstLength), end-at)
		all = append(all, f)
		at += f.For + drawSpan(r, shortestLull, longestLull)
	}
	return all
}

// drawCost draws one to the microsecond.
func drawCost(r *rng.Rand, least, most time.Duration) Span {
	return Span(rng.Between(r, least, most).Truncate(time.Microsecond))
}

// join keeps a server away from the start of the run. Server 0 starts on time: there is somebody to
// join through.
func (s *Storm) join(r *rng.Rand, on target) []Fault {
	at, _ := s.period(r, 0, 0)
	if on.host == 0 || at == 0 {
		return nil
	}
	return []Fault{{Kind: Crash, For: at, Hosts: []node.ID{on.host}}}
}

// upgrade strikes the servers one after the other, evenly over the storm, which gives each time to
// come back before the next one goes.
func (s *Storm) upgrade(r *rng.Rand, on target) []Fault {
	if on.number >= on.servers {
		return nil
	}
	each := (s.To - s.From) / Span(min(s.Upgrades, on.servers))
	f := Fault{Kind: Upgrade, Hosts: []node.ID{node.ID(on.number)}}
	f.At, f.For = s.From+Span(on.number)*each, min(drawSpan(r, shortestUpgrade, longestUpgrade), each/2)
	return []Fault{f}
}

// wrongClock has the clock drift, and a life begin while the wall clock is wrong.
func (s *Storm) wrongClock(r *rng.Rand, on target) []Fault {
	f := Fault{Kind: Clock, Hosts: []node.ID{on.host}}
	f.At, f.For = s.period(r, shortestWrong, longestWrong)
	f.RatePPM = r.Intn(2*mostDriftPPM+1) - mostDriftPPM
	f.Offset = drawSpan(r, -mostOffset, mostOffset)
	if f.RatePPM == 0 && f.Offset == 0 { // that would be a right one
		f.RatePPM = 1
	}
	restart := Fault{Kind: Crash, Hosts: f.Hosts, Keep: true}
	restart.For = min(drawSpan(r, shortestRestart, longestCrash), f.For/2)
	restart.At = f.At + drawSpan(r, 0, (f.For-restart.For).Duration())
	return []Fault{f, restart}
}
