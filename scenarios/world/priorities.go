package world

import (
	"cmp"
	"slices"
	"time"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// priorities carries out a [scenarios.Schedule]. All its luck is in its making, in a stream of its own.
//
// Invariant: late[h] is hold times the number of hosts with a higher priority than h, over all others.
type priorities struct {
	hold    time.Duration
	changes []change        // those still to come, the next one first
	of      []int           // the priority of each host; no two are equal
	late    []time.Duration // for how long what each sends is held back
}

// change: whoever sends first from a moment on gets a priority.
type change struct {
	at clock.Time
	to int
}

// newPriorities draws everything, as section 3 of the paper has it: n hosts have the priorities d to
// d+n-1 in random order, and change number i of the d-1, at any moment, is to priority i.
func newPriorities(s *scenarios.Schedule, seed uint64, hosts int, length time.Duration) *priorities {
	luck := rng.Stream(seed, "schedule", 0)
	p := &priorities{
		hold: s.Hold.Duration(), of: make([]int, hosts), late: make([]time.Duration, hosts),
	}
	for host := range p.of {
		p.of[host] = s.Depth + host
	}
	luck.Shuffle(hosts, func(i, j int) { p.of[i], p.of[j] = p.of[j], p.of[i] })
	for i := 1; i < s.Depth; i++ {
		p.changes = append(p.changes, change{clock.At(rng.Between(&luck, 0, length)), i})
	}
	slices.SortStableFunc(p.changes, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	p.rank()
	return p
}

// delay is for how long a message is held back that a host sends now.
func (p *priorities) delay(from node.ID, now clock.Time) time.Duration {
	for len(p.changes) > 0 && p.changes[0].at <= now {
		p.of[from] = p.changes[0].to
		p.changes = p.changes[1:]
		p.rank()
	}
	return p.late[from]
}

// rank works out for how long each host is held back.
func (p *priorities) rank() {
	order := make([]int, len(p.of))
	for host := range order {
		order[host] = host
	}
	slices.SortFunc(order, func(a, b int) int { return p.of[b] - p.of[a] })
	others := time.Duration(max(1, len(order)-1))
	for higher, host := range order {
		p.late[host] = p.hold * time.Duration(higher) / others
	}
}

// heldBack is for how long a message is held back by the schedule.
func (w *World[M]) heldBack(from node.ID) time.Duration {
	if w.priority == nil {
		return 0
	}
	return w.priority.delay(from, w.Now())
}
