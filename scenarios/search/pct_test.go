package search_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios/search"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// A toy with a bug of depth 2. Hosts 0 and 1 send host 2 eight messages each, in pairs a millisecond apart,
// and eight more later. Something breaks if host 0 is late with all of its first eight, each for the one
// of host 1 that was sent after it, and host 1 with all of the others. One order of the hosts brings about
// the first and the opposite one the second: it takes a change in between.
const (
	pairs      = 8
	firstAt    = 200 * time.Millisecond
	secondAt   = 700 * time.Millisecond
	betweenTwo = 10 * time.Millisecond
	ahead      = time.Millisecond
)

// toy is a host. The messages are numbers: those of the first half are below pairs.
type toy struct {
	self node.ID
	sent int
	// arrived is in which place the messages of hosts 0 and 1 came to host 2.
	arrived *[2][2 * pairs]int
	count   int
}

func (h *toy) Start(_ clock.Time, _ []byte, out *node.Out[int]) { h.arm(out) }

// arm waits for the next message. In the first half host 0 is ahead of host 1, in the second behind it.
func (h *toy) arm(out *node.Out[int]) {
	if h.self == 2 || h.sent == 2*pairs {
		return
	}
	at, leader := firstAt, node.ID(0)
	if h.sent >= pairs {
		at, leader = secondAt, 1
	}
	at += time.Duration(h.sent%pairs) * betweenTwo
	if h.self != leader {
		at += ahead
	}
	out.Alarm(0, clock.At(at))
}

func (h *toy) Wake(_ clock.Time, _ node.TimerID, out *node.Out[int]) {
	*out.Send(2) = h.sent
	h.sent++
	h.arm(out)
}

func (h *toy) Receive(_ clock.Time, from node.ID, number *int, _ *node.Out[int]) {
	h.count++
	h.arrived[from][*number] = h.count
}

// breaks runs the toy and reports whether its bug came about.
func breaks(seed uint64, change func(spec *world.Spec[int])) bool {
	var arrived [2][2 * pairs]int
	spec := world.Spec[int]{
		Name: "toy", Seed: seed, Hosts: 3, Duration: time.Second,
		Network: netmodel.Config{Latency: netmodel.Constant(time.Millisecond)},
		Machine: func(self node.ID, _ rng.Rand) node.Machine[int] {
			return &toy{self: self, arrived: &arrived}
		},
	}
	change(&spec)
	world.New(spec).Run()
	for i := range 2 * pairs {
		overtaken := arrived[0][i] > arrived[1][i]
		if overtaken != (i < pairs) {
			return false
		}
	}
	return true
}

// Random delays as long as the longest that a schedule makes would have to be unlucky sixteen times: a
// chance of about 1 in 2^16 for each run. For a schedule it takes one change at the right time, by the right
// host.
func TestPCTFindsABugOfDepthTwo(t *testing.T) {
	const runs = 1000
	s := strategy(t, search.PCT, find(t, "map-storm", "servers=3"))
	found, byLuck := 0, 0
	for seed := range uint64(runs) {
		schedule := s.Plan(seed).Schedule
		if breaks(seed, func(spec *world.Spec[int]) { spec.Schedule = schedule }) {
			found++
		}
		if breaks(seed, func(spec *world.Spec[int]) {
			spec.Network.Latency = netmodel.Uniform(time.Millisecond, 81*time.Millisecond)
		}) {
			byLuck++
		}
	}
	require.Zero(t, byLuck)
	require.Greater(t, found, runs/10, "it was in 212 runs")
}

// The schedule is on top of what the scenario draws, and of a depth and length of many.
func TestPCTAddsASchedule(t *testing.T) {
	base := find(t, "storm", "servers=5", "origins=30")
	s := strategy(t, search.PCT, base)
	depths, holds := map[int]bool{}, map[time.Duration]bool{}
	for seed := range uint64(100) {
		plan := s.Plan(seed)
		depths[plan.Schedule.Depth], holds[plan.Schedule.Hold.Duration()] = true, true
		plan.Schedule = nil
		require.Equal(t, base.Expand(seed), plan)
	}
	require.Equal(t, map[int]bool{1: true, 2: true, 3: true, 4: true}, depths)
	require.Len(t, holds, 3)
}
