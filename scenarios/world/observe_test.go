package world_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// witness is a checker that writes down all it is told, with the sides it sees.
type witness struct {
	kinds checkers.Kind
	lines []string
}

const everything = checkers.Ended<<1 - 1

func (w *witness) Watches() checkers.Kind { return w.kinds }

func (w *witness) Observe(o *checkers.Observation, view checkers.View, _ *checkers.Report) {
	at := o.At.Since()
	switch o.Kind {
	case checkers.Event:
		w.lines = append(w.lines, fmt.Sprintf("%v %d says %v", at, o.Host, o.Event.Kind))
	case checkers.ProbeStarted:
		w.lines = append(w.lines, fmt.Sprintf("%v %d probes %d", at, o.Host, o.Origin))
	case checkers.ProbeEnded:
		w.lines = append(w.lines, fmt.Sprintf("%v %d probed %d: %v", at, o.Host, o.Origin, o.Outcome))
	case checkers.HostUp:
		w.lines = append(w.lines, fmt.Sprintf("%v %d up %t", at, o.Host, view.Up(o.Host)))
	case checkers.HostDown:
		w.lines = append(w.lines, fmt.Sprintf("%v %d down %t", at, o.Host, !view.Up(o.Host)))
	case checkers.HostStalled:
		w.lines = append(w.lines, fmt.Sprintf("%v %d stalled", at, o.Host))
	case checkers.HostResumed:
		w.lines = append(w.lines, fmt.Sprintf("%v %d resumed", at, o.Host))
	case checkers.UplinkChanged:
		w.lines = append(w.lines, fmt.Sprintf("%v %d uplink %t", at, o.Host, o.Up))
	case checkers.OriginRegistered:
		w.lines = append(w.lines,
			fmt.Sprintf("%v %d told of origin %d: %t", at, o.Host, o.Origin, o.Up))
	case checkers.Reachability:
		sides := make([]int, view.Hosts())
		for id := range sides {
			sides[id] = view.Side(node.ID(id))
		}
		w.lines = append(w.lines, fmt.Sprintf("%v %d sides %v", at, view.Sides(), sides))
	case checkers.OriginChanged:
		w.lines = append(w.lines, fmt.Sprintf("%v origin %d up %t", at, o.Origin, o.Up))
	case checkers.Healed:
		w.lines = append(w.lines, fmt.Sprintf("%v healed", at))
	case checkers.Ended:
		w.lines = append(w.lines, fmt.Sprintf("%v ended", at))
	}
}

// "Each HostUp, HostDown, partition and heal is followed by a Reachability at the same instant,
// with the View already showing the new state. Ended is the last observation." (package checkers)
func TestCheckersAreToldEverythingInOrder(t *testing.T) {
	s := tell(at(0, 20*ms, func(out *node.Out[note]) {
		out.Emit(node.Event{Kind: node.Ready})
		out.Probe(node.Probe{Origin: 0, Timeout: ms})
	}))
	s.Origins = world.Origins{Count: 1, RoundTrip: netmodel.Constant(ms)}
	s.fault(scenarios.Partition, 100*ms, 100*ms, 0)
	s.fault(scenarios.Crash, 300*ms, 100*ms, 1)
	s.fault(scenarios.OriginDown, 500*ms, 100*ms)
	s.last().Origins = []uint32{0}
	w := &witness{kinds: everything}
	s.Checkers = []checkers.Checker{w}
	world.New(s.Spec).Run()
	require.Equal(t, []string{
		"0s 0 up true", "0s 1 sides [0 -1]",
		"0s 1 up true", "0s 1 sides [0 0]",
		"20ms 0 says ready", "20ms 0 probes 0", "21ms 0 probed 0: succeeded",
		"100ms 2 sides [0 1]", "200ms 1 sides [0 0]",
		"300ms 1 down true", "300ms 1 sides [0 -1]",
		"400ms 1 up true", "400ms 1 sides [0 0]",
		"500ms origin 0 up false", "600ms origin 0 up true",
		"600ms healed", "1s ended",
	}, w.lines)
}

// unparted checks that while no partition and no lost uplink is in force, all hosts that are up are
// on one side.
type unparted struct {
	t      require.TestingT
	faults []scenarios.Fault
}

func (*unparted) Watches() checkers.Kind { return checkers.Reachability }

func (u *unparted) Observe(o *checkers.Observation, view checkers.View, _ *checkers.Report) {
	now := span(o.At.Since())
	for i := range u.faults {
		f := &u.faults[i]
		parts := f.Kind == scenarios.Partition || f.Kind == scenarios.Uplink || f.Kind == scenarios.Clog
		if parts && f.At <= now && now <= f.End() {
			return
		}
	}
	sides := 0
	for id := range node.ID(view.Hosts()) {
		want := -1
		if view.Up(id) {
			want, sides = 0, 1
		}
		require.Equal(u.t, want, view.Side(id), "server %d at %v", id, now)
	}
	require.Equal(u.t, sides, view.Sides())
}

func TestWithoutAPartitionThereIsOneSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := talkers(4, drawFaults(t)...)
		s.Checkers = []checkers.Checker{&unparted{t, s.Faults}}
		world.New(s).Run()
	})
}

func TestWhenAllHostsCrashThereIsNoSide(t *testing.T) {
	s := talkers(2, scenarios.Fault{Kind: scenarios.Crash, At: span(ms), Hosts: []node.ID{0, 1}})
	s.StartSpread = 0
	s.Checkers = []checkers.Checker{&unparted{t, s.Faults}}
	w := world.New(s)
	w.Run()
	require.Zero(t, w.Sides())
}

func TestACheckerIsToldOnlyWhatItWatches(t *testing.T) {
	events, ends := &witness{kinds: checkers.Event}, &witness{kinds: checkers.Healed | checkers.Ended}
	s := talkers(2)
	s.Checkers = []checkers.Checker{events, ends}
	world.New(s).Run()
	require.Greater(t, len(events.lines), 100)
	for _, line := range events.lines {
		require.Contains(t, line, "says user-0")
	}
	require.Equal(t, []string{"0s healed", "3s ended"}, ends.lines)
}

func TestBeforeTheFirstStartEverythingIsDown(t *testing.T) {
	w := world.New(talkers(2))
	require.Equal(t, 2, w.Hosts())
	require.Zero(t, w.Sides())
	require.False(t, w.Up(0))
	require.Equal(t, -1, w.Side(0))
	require.Nil(t, w.Machine(0))
}

// Watching a run does not change it.
func TestCheckersDoNotChangeTheRun(t *testing.T) {
	watched := talkers(3)
	watched.Checkers = []checkers.Checker{&witness{kinds: everything}}
	require.Equal(t, world.New(talkers(3)).Run(), world.New(watched).Run())
}

// "All start within the first StartSpread", each at a time of its own.
func TestStartsAreSpread(t *testing.T) {
	s, ups := talkers(50), &witness{kinds: checkers.HostUp}
	s.StartSpread, s.Checkers = 2*time.Second, []checkers.Checker{ups}
	w := world.New(s)
	w.Advance(clock.At(time.Second))
	require.InDelta(t, 25, len(ups.lines), 15)
	w.Advance(clock.At(2 * time.Second))
	require.Len(t, ups.lines, 50)
}
