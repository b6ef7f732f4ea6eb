package sim_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim"
	"butterfly/sim/clock"
)

func TestATimerGoesOffOnceAtItsTime(t *testing.T) {
	s := play(t, 2)
	s.SetTimer(1, 5, clock.At(10*ms))
	s.expect(time.Minute, "10ms wake 5 of 1")
}

func TestSlotsAreIndependent(t *testing.T) {
	s := play(t, 2)
	for slot := range node.TimerID(node.MaxTimers) {
		s.SetTimer(0, slot, clock.At(10*ms+time.Duration(slot)*ms))
	}
	s.SetTimer(1, 0, clock.At(5*ms))
	s.SetTimer(0, 1, clock.Never)
	s.expect(time.Minute,
		"5ms wake 0 of 1", "10ms wake 0 of 0", "12ms wake 2 of 0", "13ms wake 3 of 0",
		"14ms wake 4 of 0", "15ms wake 5 of 0", "16ms wake 6 of 0", "17ms wake 7 of 0")
}

// "Setting a slot replaces what it held": in whichever direction, and however often.
func TestSettingASlotReplacesWhatItHeld(t *testing.T) {
	const never = -1
	for name, settings := range map[string][]time.Duration{
		"later":                  {10, 20},
		"earlier":                {20, 10},
		"cleared":                {10, never},
		"cleared and set later":  {10, never, 20},
		"cleared and set sooner": {20, never, 10},
		"same":                   {10, 10},
		"there and back":         {10, 30, 10},
		"back and there":         {30, 10, 20},
		"later, cleared":         {10, 30, never},
		"cleared twice":          {never, never},
	} {
		t.Run(name, func(t *testing.T) {
			s := play(t, 1)
			var last time.Duration
			for _, last = range settings {
				if last == never {
					s.SetTimer(0, 0, clock.Never)
				} else {
					s.SetTimer(0, 0, clock.At(last*ms))
				}
			}
			if last == never {
				s.expect(time.Minute)
			} else {
				s.expect(time.Minute, (last*ms).String()+" wake 0 of 0")
			}
			require.Zero(t, s.Pending())
		})
	}
}

func TestATimerForThePastGoesOffNow(t *testing.T) {
	s := play(t, 1)
	s.expect(50 * ms)
	s.SetTimer(0, 0, clock.At(10*ms))
	s.expect(time.Minute, "50ms wake 0 of 0")
}

func TestATimerCanBeSetAgainWhenItGoesOff(t *testing.T) {
	s := play(t, 1)
	s.SetTimer(0, 0, clock.At(10*ms))
	for range 3 {
		at := s.next(time.Minute).At
		s.SetTimer(0, 0, at.Add(10*ms))
	}
	s.expect(time.Minute, "40ms wake 0 of 0")
}

// An alarm pushed out keeps its queue entry, which comes up early and is put back: the cause is
// still the step that set the alarm last.
func TestAnAlarmPushedOutIsCausedByTheStepThatPushedItOut(t *testing.T) {
	s := play(t, 1)
	s.Control(1*ms, 1)
	s.Control(2*ms, 2)
	s.next(time.Second)
	s.SetTimer(0, 0, clock.At(10*ms))
	pusher := s.next(time.Second).Seq
	s.SetTimer(0, 0, clock.At(30*ms))
	wake := s.next(time.Second)
	require.Equal(t, "30ms wake 0 of 0", line(wake))
	require.Equal(t, pusher, wake.Cause)
	require.Less(t, wake.Cause, wake.Seq)
}

func TestAnAlarmPulledForwardIsCausedByTheStepThatPulledIt(t *testing.T) {
	s := play(t, 1)
	s.SetTimer(0, 0, clock.At(30*ms))
	s.Control(1*ms, 1)
	puller := s.next(time.Second).Seq
	s.SetTimer(0, 0, clock.At(10*ms))
	require.Equal(t, puller, s.next(time.Second).Cause)
	s.expect(time.Minute)
}

// The entry in force is older than the step that sets the alarm again, so it cannot be caused by
// it.
func TestSettingAnAlarmToItsOwnTimeAgainLeavesItsCause(t *testing.T) {
	s := play(t, 1)
	s.Control(1*ms, 1)
	setter := s.next(time.Second).Seq
	s.SetTimer(0, 0, clock.At(10*ms))
	s.Control(1*ms, 2)
	s.next(time.Second)
	s.SetTimer(0, 0, clock.At(10*ms))
	require.Equal(t, setter, s.next(time.Second).Cause)
}

func TestAnAlarmPushedOutAndPulledBackIsCausedByTheStepThatPulledIt(t *testing.T) {
	s := play(t, 1)
	s.SetTimer(0, 0, clock.At(10*ms))
	s.Control(1*ms, 1)
	puller := s.next(time.Second).Seq
	s.SetTimer(0, 0, clock.At(20*ms))
	s.SetTimer(0, 0, clock.At(10*ms))
	wake := s.next(time.Second)
	require.Equal(t, "10ms wake 0 of 0", line(wake))
	require.Equal(t, puller, wake.Cause)
	require.Less(t, wake.Cause, wake.Seq)
	s.expect(time.Second)
}

// "So an alarm that is pushed out again and again, as most time-outs are, costs one entry and not
// one per push."
func TestAnAlarmPushedOutAMillionTimesCostsOneEntry(t *testing.T) {
	s := play(t, 1)
	for i := range 1_000_000 {
		s.SetTimer(0, 0, clock.At(time.Second)+clock.Time(i))
		require.Equal(t, 1, s.Pending())
	}
	s.expect(time.Minute, "1.000999999s wake 0 of 0")
}

// "When stale entries outnumber live ones the queue is swept, so cancelled timers cost no more as
// they pile up." The floor is 1,024 entries.
func TestCancelledTimersDoNotPileUp(t *testing.T) {
	for name, options := range map[string]sim.Options{"wheel": {}, "heap": {PlainHeap: true}} {
		t.Run(name, func(t *testing.T) { cancelTimers(playWith(t, 1, options)) })
	}
}

func cancelTimers(s *script) {
	const live, cancelled = 3000, 200_000
	for i := range live {
		s.Control(2*time.Hour, uint32(i))
	}
	most := 0
	for i := range cancelled {
		s.SetTimer(0, 0, clock.At(time.Hour)-clock.Time(i))
		most = max(most, s.Pending())
	}
	require.LessOrEqual(s.t, most, 2*(live+1)+1)
	require.Greater(s.t, s.Stats().StaleTimers, uint64(cancelled-2*live))
	s.SetTimer(0, 0, clock.Never)
	s.expect(time.Hour)
	require.Equal(s.t, live, s.Pending())
	require.Equal(s.t, uint64(cancelled), s.Stats().StaleTimers)
}
