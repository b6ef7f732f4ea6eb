package sim_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
)

// "A call is opened with a deadline and ends exactly once: with its reply or at the deadline."
func TestACallEndsWithItsReply(t *testing.T) {
	s := play(t, 2)
	ref := s.call(0, 1, "question", 10*ms)
	step := s.next(time.Second)
	require.Equal(t, "10ms request 0->1 question", line(step))
	require.Equal(t, ref, step.Call)
	s.Reply(1, step.Call, &letter{"answer"}, 321, 5*ms)
	step = s.next(time.Second)
	require.Equal(t, "15ms call 7 0->1 answer", line(step))
	require.Equal(t, 321, step.Size)
	s.Complete(step.Call)
	s.expect(time.Minute)
	require.Zero(t, s.Held())
}

func TestACallWithoutAReplyEndsAtItsDeadline(t *testing.T) {
	s := play(t, 2)
	s.OpenCall(0, 1, 7, 50*ms) // whose request the network has lost
	s.expect(time.Minute, "50ms call 7 0->1 timeout")
	require.Zero(t, s.Held())
}

func TestAReplyAfterTheDeadlineIsIgnored(t *testing.T) {
	for name, delay := range map[string]time.Duration{
		"late":                   990*ms + 1,
		"at the deadline itself": 990 * ms,
	} {
		t.Run(name, func(t *testing.T) {
			s := play(t, 2)
			ref := s.call(0, 1, "question", 10*ms)
			s.next(time.Second)
			s.Reply(1, ref, &letter{"late"}, 100, delay)
			s.expect(time.Minute, "1s call 7 0->1 timeout")
			require.Equal(t, uint64(1), s.Stats().LateReplies)
			require.Zero(t, s.Stats().LostToCrash)
			require.Zero(t, s.Held())
		})
	}
}

func TestAReplyToACallThatIsOverIsNotEvenSent(t *testing.T) {
	s := play(t, 2)
	ref := s.call(0, 1, "slow", 2*time.Second)
	s.expect(1500*ms, "1s call 7 0->1 timeout")
	s.next(time.Minute)
	s.Reply(1, ref, &letter{"late"}, 100, 10*ms)
	s.Refuse(ref, 10*ms)
	require.Zero(t, s.Pending())
	s.expect(time.Minute)
	require.Zero(t, s.Held())
}

func TestTheSecondOfTwoRepliesIsIgnored(t *testing.T) {
	s := play(t, 2)
	ref := s.call(0, 1, "question", 10*ms)
	s.next(time.Second)
	s.Reply(1, ref, &letter{"answer"}, 100, 10*ms)
	s.Reply(1, ref, &letter{"another"}, 100, 20*ms)
	s.expect(time.Minute, "20ms call 7 0->1 answer")
	require.Zero(t, s.Held())
}

func TestARefusalEndsTheCallEarly(t *testing.T) {
	s := play(t, 2)
	ref := s.call(0, 1, "question", 10*ms)
	s.next(time.Second)
	s.Refuse(ref, 10*ms)
	s.Refuse(ref, 20*ms)
	s.expect(time.Minute, "20ms call 7 0->1 refused")
	require.Zero(t, s.Held())
	require.Equal(t, uint64(1), s.Stats().StaleTimers, "the deadline")
}

func TestARefusalAfterTheDeadlineIsATimeout(t *testing.T) {
	s := play(t, 2)
	ref := s.call(0, 1, "question", 10*ms)
	s.next(time.Second)
	s.Refuse(ref, 990*ms)
	s.expect(time.Minute, "1s call 7 0->1 timeout")
}

// "A reply that the network cuts off on arrival leaves the call to its deadline."
func TestAReplyThatIsNotCompletedLeavesTheCallToItsDeadline(t *testing.T) {
	s := play(t, 2)
	ref := s.call(0, 1, "question", 10*ms)
	s.next(time.Second)
	s.Reply(1, ref, &letter{"cut off"}, 100, 10*ms)
	require.Equal(t, "20ms call 7 0->1 cut off", line(s.next(time.Second)))
	s.expect(time.Minute, "1s call 7 0->1 timeout")
}

// The record of a call is used again; a reply to its former use must not be taken for one to the
// new.
func TestAReplyNeverEndsTheNextCallInTheSameRecord(t *testing.T) {
	s := play(t, 2)
	old := s.OpenCall(0, 1, 7, 50*ms)
	s.Request(old, &letter{"old"}, 100, 10*ms)
	s.next(time.Second)
	s.Reply(1, old, &letter{"answer to the old"}, 100, 60*ms)
	s.expect(50*ms, "50ms call 7 0->1 timeout")
	renewed := s.OpenCall(0, 1, 7, 50*ms)
	require.NotEqual(t, old, renewed)
	require.Equal(t, 1+1, s.Held(), "one record and the envelope of the answer")
	s.Complete(old)
	s.Refuse(old, 0)
	s.expect(time.Minute, "100ms call 7 0->1 timeout")
	require.Zero(t, s.Held())
}

func TestCallsOfOneHostAreTakenApart(t *testing.T) {
	s := play(t, 2)
	first := s.OpenCall(0, 1, 1, time.Second)
	second := s.OpenCall(0, 1, 2, time.Second)
	s.Reply(1, second, &letter{"to the second"}, 100, 10*ms)
	s.Reply(1, first, &letter{"to the first"}, 100, 20*ms)
	s.expect(time.Minute, "10ms call 2 0->1 to the second", "20ms call 1 0->1 to the first")
}

// Deadlines of answered calls are stale entries like cancelled timers, and are swept like them.
func TestDeadlinesOfAnsweredCallsDoNotPileUp(t *testing.T) {
	s, most := play(t, 2), 0
	for range 100_000 {
		ref := s.OpenCall(0, 1, 7, time.Hour)
		s.Reply(1, ref, &letter{}, 100, 1)
		s.Complete(s.next(time.Hour).Call)
		most = max(most, s.Pending())
	}
	require.LessOrEqual(t, most, 2*1024)
	require.Less(t, s.Now(), clock.At(time.Second))
}

func TestCallIDsAreTheCallersOwn(t *testing.T) {
	s := play(t, 3)
	s.OpenCall(0, 2, 7, 10*ms)
	s.OpenCall(1, 2, 7, 20*ms)
	s.expect(time.Minute, "10ms call 7 0->2 timeout", "20ms call 7 1->2 timeout")
}
