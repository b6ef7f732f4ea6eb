package world_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

const ticked = node.UserEvents + 3

// clockwork is a story of two hosts that emit an event every 10 ms, with a table of coverage.
func clockwork() *story {
	s := tell(func(_ *diary, _ clock.Time, out *node.Out[note]) {
		out.Emit(node.Event{Kind: ticked})
	})
	s.Coverage = true
	return s
}

func cell(fault scenarios.FaultKind, event string, count uint64) world.CoverageCell {
	return world.CoverageCell{Fault: fault, Event: event, Count: count}
}

// An event counts for each kind of faults in force, and once for two of a kind. The two hosts tick 100
// times each in the second.
func TestEventsAreCountedByTheFaultsInForce(t *testing.T) {
	loss := func(s *story) { s.last().LossPPM = 1 }
	s := clockwork().fault(scenarios.Loss, 105*ms, 100*ms)
	loss(s)
	s.fault(scenarios.Loss, 155*ms, 100*ms)
	loss(s)
	s.fault(scenarios.Partition, 205*ms, 100*ms, 0)
	s.fault(scenarios.Partition, 505*ms, 200*ms, 0).last().OneWay = true
	require.Equal(t, []world.CoverageCell{
		cell("", "user-3", 200-40-40),
		cell(scenarios.Partition, "user-3", 20),
		cell(world.OneWay, "user-3", 40),
		cell(scenarios.Loss, "user-3", 30),
	}, s.run().Coverage)
}

// A crash without an end lasts until the run is over; what the last input of an ending fault brings
// about belongs to it.
func TestAFaultWithoutAnEndStaysInForce(t *testing.T) {
	s := clockwork().fault(scenarios.Crash, 505*ms, 0, 1)
	require.Equal(t, []world.CoverageCell{
		cell("", "user-3", 100), cell(scenarios.Crash, "user-3", 50),
	}, s.run().Coverage)
}

// An operator's order is a condition only for what the server that hears it says at once.
func TestAnOrderIsInForceWhileItIsGiven(t *testing.T) {
	s := tell(nil).fault(scenarios.Register, 105*ms, 0, 1)
	s.last().Origins, s.Origins = []uint32{0}, world.Origins{Count: 1}
	s.Coverage = true
	require.Equal(t, []world.CoverageCell{
		cell(scenarios.Register, "origin-learned", 1),
	}, s.run().Coverage)
}

func TestAnswersToCallsAreCounted(t *testing.T) {
	s := ask("time")
	s.Coverage = true
	require.Contains(t, s.run().Coverage, cell("", world.Answered, 1))
}

// It is the same run with the table and without it.
func TestATableChangesNothing(t *testing.T) {
	s := clockwork().fault(scenarios.Crash, 105*ms, 300*ms, 1)
	with := s.run()
	s.Coverage = false
	without := s.run()
	require.Nil(t, without.Coverage)
	require.Equal(t, with.Fingerprint, without.Fingerprint)
}

func TestTablesAddUp(t *testing.T) {
	a := []world.CoverageCell{cell("", "ready", 1), cell(scenarios.Loss, "ready", 2)}
	b := []world.CoverageCell{
		cell(scenarios.Crash, "ready", 4), cell(scenarios.Loss, "founded", 8), cell(scenarios.Loss, "ready", 16),
	}
	want := []world.CoverageCell{
		cell("", "ready", 1), cell(scenarios.Crash, "ready", 4),
		cell(scenarios.Loss, "founded", 8), cell(scenarios.Loss, "ready", 18),
	}
	require.Equal(t, want, world.AddCoverage(a, b))
	require.Equal(t, want, world.AddCoverage(b, a))
	require.Equal(t, a, world.AddCoverage(a, nil))
	require.Nil(t, world.AddCoverage(nil, nil))
}

// Counting events costs one addition for each: nothing is allocated for it.
func TestATableAllocatesNothingInSteadyState(t *testing.T) {
	s := clockwork()
	s.Duration = 100 * time.Second
	w := world.New(s.Spec)
	w.Advance(clock.At(time.Second))
	s.lines = nil
	now := w.Now()
	require.Zero(t, testing.AllocsPerRun(20, func() {
		now = now.Add(time.Second)
		w.Advance(now)
	}))
}
