package sim_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim"
	"butterfly/sim/clock"
)

// "Events are ordered by (time, sequence): of two events at one instant the one scheduled first
// happens first, always."
func TestEventsComeByTimeThenInTheOrderOfScheduling(t *testing.T) {
	s := play(t, 2)
	s.Control(20*ms, 1)
	s.send(0, 1, "b", 10*ms)
	s.SetTimer(1, 3, clock.At(10*ms))
	s.Probe(0, node.ProbeResult{Origin: 4, Outcome: node.Succeeded}, 10*ms, time.Second)
	s.send(1, 0, "a", 5*ms)
	s.Control(10*ms, 2)
	s.expect(time.Second,
		"5ms deliver 1->0 a",
		"10ms deliver 0->1 b",
		"10ms wake 3 of 1",
		"10ms host 0 origin 4 succeeded",
		"10ms control 2",
		"20ms control 1",
	)
}

func TestWhatIsScheduledForNowComesAfterWhatWasScheduledForNowBefore(t *testing.T) {
	s := play(t, 1)
	s.Control(10*ms, 1)
	s.Control(10*ms, 2)
	require.Equal(t, uint32(1), s.next(time.Second).Control)
	s.Control(0, 3)
	s.expect(10*ms, "10ms control 2", "10ms control 3")
}

func TestNextHandsOutNothingBeyondItsLimit(t *testing.T) {
	s := play(t, 1)
	s.Control(10*ms, 1)
	s.Control(10*ms+1, 2)
	s.expect(10*ms, "10ms control 1")
	s.expect(10 * ms)
	s.expect(time.Second, "10.000001ms control 2")
}

func TestTheClockNeverGoesBack(t *testing.T) {
	s := play(t, 1)
	s.expect(10 * ms)
	require.False(t, s.Next(clock.At(5*ms), &s.step))
	require.Equal(t, clock.At(10*ms), s.Now())
}

// "Every event remembers its cause, the event that was being handled when it was scheduled."
func TestEveryEventRemembersItsCause(t *testing.T) {
	s := play(t, 2)
	s.Control(10*ms, 1)
	first := s.next(time.Second).Seq
	s.send(0, 1, "a", 10*ms)
	ref := s.call(0, 1, "b", 20*ms)
	s.Probe(0, node.ProbeResult{}, 30*ms, time.Second)
	s.Control(40*ms, 2)
	for range 2 {
		require.Equal(t, first, s.next(time.Second).Cause, line(&s.step))
	}
	request := s.step.Seq
	s.Reply(1, ref, &letter{"c"}, 100, 15*ms)
	require.Equal(t, first, s.next(time.Second).Cause, "of the probe")
	require.Equal(t, request, s.next(time.Second).Cause, "of the reply")
	s.Complete(ref)
	require.Equal(t, first, s.next(time.Second).Cause, "of the second control")
	s.expect(time.Minute)
}

func TestWhatIsScheduledBeforeTheFirstStepHasNoCause(t *testing.T) {
	s := play(t, 1)
	s.Control(10*ms, 1)
	require.Zero(t, s.next(time.Second).Cause)
	s.expect(time.Second)
	s.Control(10*ms, 2)
	require.Zero(t, s.next(time.Minute).Cause)
}

func TestACallEndingInATimeoutIsCausedByItsOpening(t *testing.T) {
	s := play(t, 2)
	s.Control(10*ms, 1)
	opening := s.next(time.Second).Seq
	s.OpenCall(0, 1, 7, 50*ms)
	require.Equal(t, opening, s.next(time.Second).Cause)
}

// "For what that step has asked for and is carried out only now": the blame ends with the step.
func TestBlameNamesAnEarlierStepAsTheCause(t *testing.T) {
	s := play(t, 2)
	s.Control(10*ms, 1)
	s.Control(20*ms, 2)
	asked := s.next(time.Second).Seq
	carriedOut := s.next(time.Second).Seq
	s.Blame(asked)
	s.send(0, 1, "late", 10*ms)
	s.Blame(carriedOut)
	s.Control(10*ms, 3)
	require.Equal(t, asked, s.next(time.Second).Cause)
	require.Equal(t, carriedOut, s.next(time.Second).Cause)

	s.Blame(asked)
	s.Control(0, 4)
	fourth := s.next(time.Second)
	require.Equal(t, asked, fourth.Cause)
	blamed := fourth.Seq
	s.Control(0, 5)
	require.Equal(t, blamed, s.next(time.Second).Cause, "the next step answers for itself")
}

func TestKindsHaveNames(t *testing.T) {
	names := map[string]bool{}
	for kind := sim.Deliver; kind <= sim.Control; kind++ {
		names[kind.String()] = true
	}
	require.Len(t, names, int(sim.Control))
	require.NotContains(t, names, "")
}

func TestNewRefusesMoreHostsThanThereAreIDs(t *testing.T) {
	require.PanicsWithValue(t, "sim.New: 1048577 hosts, expected 0 to 1048576", func() {
		sim.New[letter](node.MaxIDs+1, sim.Options{})
	})
	require.Panics(t, func() { sim.New[letter](-1, sim.Options{}) })
	require.NotPanics(t, func() { sim.New[letter](0, sim.Options{}) })
}
