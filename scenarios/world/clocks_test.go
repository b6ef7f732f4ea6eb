package world_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/clock"
)

// drift makes the clock of host 1 run fast.
func (s *story) drift(at, length time.Duration, ratePPM int) *story {
	s.fault(scenarios.Clock, at, length, 1)
	s.last().RatePPM = ratePPM
	return s
}

// shift makes the wall clock of host 1 wrong.
func (s *story) shift(at, length, offset time.Duration) *story {
	s.fault(scenarios.Clock, at, length, 1)
	s.last().Offset = scenarios.Span(offset)
	return s
}

// greetings lets host 1 greet host 0, whose clock is right, at some of its wakes.
func greetings(counts ...int) func(*diary, clock.Time, *node.Out[note]) {
	return func(d *diary, now clock.Time, out *node.Out[note]) {
		for _, count := range counts {
			if d.self == 1 && d.count == count {
				out.Send(0).text = now.Since().String()
			}
		}
	}
}

// "The hosts' clocks run RatePPM fast": 2.4 % fast for 100 ms, it gains 2.4 ms, and keeps them, for a
// clock that runs goes on from what it shows. The alarm of 110 ms is in force when the fault begins,
// and goes off after 4.88 / 1.024 ms.
func TestAFastClockShowsLaterTimesAndItsAlarmsGoOffSooner(t *testing.T) {
	r := tell(greetings(11, 12, 21, 50)).drift(105*ms+120*time.Microsecond, 100*ms, 24_000).expect(t,
		"110.885625ms 0: 110ms from 1",
		"120.65125ms 0: 120ms from 1",
		"208.6ms 0: 210ms from 1",
		"498.6ms 0: 500ms from 1",
	)
	require.Equal(t, "1 clock ran wrong, by up to 2.4ms; 0 starts by a wrong wall clock", effect(r))
}

func TestASlowClockShowsEarlierTimes(t *testing.T) {
	tell(greetings(11, 30)).drift(105*ms+120*time.Microsecond, 100*ms, -24_000).expect(t,
		"111.119999ms 0: 110ms from 1", "303.4ms 0: 300ms from 1")
}

// "A life that begins meanwhile finds the wall clock off by Offset. A running process reads no wall
// clock."
func TestAJumpOfTheWallClockConcernsLivesThatBegin(t *testing.T) {
	s := tell(greetings(20)).shift(100*ms, 300*ms, time.Minute)
	s.crashKeeping(250*ms, 50*ms)
	s.crashKeeping(600*ms, 50*ms)
	r := s.expect(t,
		"201ms 0: 200ms from 1",
		`1m0.3s 1: start ""`, "501ms 0: 1m0.5s from 1",
		`650ms 1: start ""`, "851ms 0: 850ms from 1",
	)
	require.Equal(t, "0 clocks ran wrong, by up to 1m0s; 1 start by a wrong wall clock", r.Faults[1].Effect)
}

// "Which shows no time before the start of the run."
func TestNoWallClockShowsATimeBeforeTheStart(t *testing.T) {
	s := tell(nil).shift(100*ms, 300*ms, -time.Minute)
	s.crashKeeping(250*ms, 50*ms)
	s.expect(t, `0s 1: start ""`)
}

// The time-outs of a host run by its clock: a call of its tenth wake ends 110 ms later on it.
func TestTimeOutsRunByTheHostsClock(t *testing.T) {
	s := tell(func(d *diary, _ clock.Time, out *node.Out[note]) {
		if d.self == 1 && d.count == 10 {
			out.Call(0, 7, 110*ms)
		}
	}).drift(0, time.Second, 100_000)
	s.fault(scenarios.Partition, 0, time.Second, 1)
	s.run()
	require.Contains(t, s.lines, "100.00001ms 1: woken late by 1ns")
	require.Contains(t, s.lines, "210.00001ms 1: call 7 to 0: timeout")
}

// Whatever the rates and whenever they change: a machine's time never goes back, and no alarm goes
// off before its time by the host's clock.
func TestClocksNeverGoBackAndAlarmsAreNeverEarly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		last := clock.Time(-1)
		s := tell(func(d *diary, now clock.Time, _ *node.Out[note]) {
			if d.self != 1 {
				return
			}
			if now < last || now < d.due.Add(-10*ms) {
				t.Fatalf("at %v after %v, due %v", now, last, d.due)
			}
			last = now
		})
		for range rapid.IntRange(1, 6).Draw(t, "faults") {
			from, length := rapid.IntRange(0, 500).Draw(t, "at"), rapid.IntRange(1, 500).Draw(t, "for")
			rate := rapid.IntRange(1, scenarios.MaxRatePPM).Draw(t, "rate")
			if rapid.Bool().Draw(t, "slow") {
				rate = -rate
			}
			s.drift(time.Duration(from)*ms, time.Duration(length)*ms, rate)
		}
		s.run()
		require.Positive(t, last)
	})
}
