package world_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

func effect(r *world.Result) string { return r.Faults[0].Effect }

// saveOnce saves what Start is to find after a crash.
func saveOnce(host node.ID) *story {
	return tell(at(host, 20*ms, func(out *node.Out[note]) { out.Save([]byte("state")) }))
}

// "They return after For, with what they saved if Keep is set."
func TestACrashedHostReturnsWithItsDiskIfItIsSpared(t *testing.T) {
	s := saveOnce(1).fault(scenarios.Crash, 30*ms, 100*ms, 1)
	s.last().Keep = true
	r := s.expect(t, `130ms 1: start "state"`)
	require.Equal(t, "1 server went down, 1 came back", effect(r))

	saveOnce(1).fault(scenarios.Crash, 30*ms, 100*ms, 1).expect(t, `130ms 1: start ""`)
}

func TestALostDiskStaysLost(t *testing.T) {
	s := saveOnce(1).fault(scenarios.Crash, 30*ms, 100*ms, 1).fault(scenarios.Crash, 200*ms, 100*ms, 1)
	s.last().Keep = true
	s.expect(t, `130ms 1: start ""`, `300ms 1: start ""`)
}

// "Without For they stay away."
func TestACrashForGood(t *testing.T) {
	r := saveOnce(1).fault(scenarios.Crash, 30*ms, 0, 1).expect(t)
	require.Equal(t, "1 server went down, 0 came back", effect(r))
}

func TestAHostIsBackWhenTheLastOfItsCrashesIsOver(t *testing.T) {
	tell(nil).
		fault(scenarios.Crash, 30*ms, 100*ms, 1).
		fault(scenarios.Crash, 50*ms, 200*ms, 1).
		fault(scenarios.Leave, 60*ms, 10*ms, 1).
		expect(t, `250ms 1: start ""`)
}

func TestACrashBeforeTheFirstStartDelaysIt(t *testing.T) {
	s := tell(nil).fault(scenarios.Crash, 0, 600*ms, 0, 1)
	s.StartSpread = 500 * ms
	s.expect(t)
	require.Equal(t, []string{`600ms 0: start ""`, `600ms 1: start ""`}, s.lines)
}

// "Input queues up and timers go off late."
func TestAPausedHostHandlesItsInputLate(t *testing.T) {
	s := tell(at(0, 50*ms, func(out *node.Out[note]) { out.Send(1).text = "hello" }))
	r := s.fault(scenarios.Pause, 35*ms, 100*ms, 1).
		expect(t, "135ms 1: woken late by 95ms", "135ms 1: hello from 0")
	require.Equal(t, "1 server stood still, 2 inputs came late", effect(r))
}

func TestAHostRunsAgainWhenTheLastOfItsPausesIsOver(t *testing.T) {
	tell(nil).
		fault(scenarios.Pause, 35*ms, 100*ms, 1).
		fault(scenarios.Pause, 55*ms, 200*ms, 1).
		expect(t, "255ms 1: woken late by 215ms")
}

func TestACrashEndsAPause(t *testing.T) {
	tell(nil).
		fault(scenarios.Pause, 35*ms, 500*ms, 1).
		fault(scenarios.Crash, 55*ms, 100*ms, 1).
		expect(t, `155ms 1: start ""`)
}

// A server that leaves says goodbye, goes on for a grace of 2 s, and is away until the end of the
// fault, with its disk.
func TestALeavingHostSaysGoodbyeAndReturns(t *testing.T) {
	s := saveOnce(1).fault(scenarios.Leave, 35*ms, 10*time.Second, 1)
	s.Duration = 20 * time.Second
	w := world.New(s.Spec)
	w.Advance(clock.At(2034 * ms))
	require.True(t, w.Up(1))
	w.Advance(clock.At(2035 * ms))
	require.False(t, w.Up(1))
	r := w.Run()
	require.Equal(t, []string{"35ms 1: leave", "36ms 0: goodbye from 1", `10.035s 1: start "state"`},
		s.lines[2:])
	require.Equal(t, "1 server left, 1 came back", effect(r))
}

func TestALeaveForGood(t *testing.T) {
	s := tell(nil).fault(scenarios.Leave, 35*ms, 0, 1)
	s.Duration = 5 * time.Second
	w := world.New(s.Spec)
	w.Run()
	require.False(t, w.Up(1))
}

func TestALeaveShorterThanItsGraceRestartsTheHost(t *testing.T) {
	s := tell(nil).fault(scenarios.Leave, 35*ms, 500*ms, 1)
	s.Duration = 5 * time.Second
	s.expect(t, "35ms 1: leave", "36ms 0: goodbye from 1", `535ms 1: start ""`)
}

func TestAHostThatCrashesWhileLeavingIsNotStoppedOnceMore(t *testing.T) {
	s := tell(nil).fault(scenarios.Leave, 35*ms, 500*ms, 1).fault(scenarios.Crash, 100*ms, 600*ms, 1)
	s.Duration = 5 * time.Second
	w := world.New(s.Spec)
	w.Run()
	require.Equal(t, `700ms 1: start ""`, s.lines[len(s.lines)-1])
	require.True(t, w.Up(1))
}

func TestAPausedHostCannotSayGoodbye(t *testing.T) {
	s := tell(nil).
		fault(scenarios.Pause, 35*ms, 4*time.Second, 1).
		fault(scenarios.Leave, 55*ms, 3*time.Second, 1)
	s.Duration = 5 * time.Second
	s.expect(t, `3.055s 1: start ""`)
}

func TestAHostThatCannotSayGoodbyeIsStoppedAllTheSame(t *testing.T) {
	s := talkers(3, scenarios.Fault{Kind: scenarios.Leave, At: span(time.Second), Hosts: []node.ID{1}})
	w := world.New(s)
	w.Run()
	require.False(t, w.Up(1))
}

// chat lets both hosts send a note at every wake.
func chat(d *diary, _ clock.Time, out *node.Out[note]) {
	out.Send(1 - d.self).text = fmt.Sprint(d.count)
}

// received says how many notes arrived at a host in an interval.
func received(lines []string, host node.ID, from, to time.Duration) (count int) {
	for _, line := range lines {
		var when, text string
		var at, sender node.ID
		n, _ := fmt.Sscanf(line, "%s %d: %s from %d", &when, &at, &text, &sender)
		if d, _ := time.ParseDuration(when); n == 4 && at == host && from <= d && d < to {
			count++
		}
	}
	return count
}

// "Nothing passes between Hosts and all others for For"; what is in flight at its beginning is lost
// too, and what is sent at its end gets through.
func TestAPartitionCutsBothWaysAndInFlight(t *testing.T) {
	s := tell(chat).fault(scenarios.Partition, 200*ms+ms/2, 400*ms, 1)
	r := world.New(s.Spec).Run()
	for host := range node.ID(2) {
		require.Equal(t, 19, received(s.lines, host, 0, 200*ms))
		require.Zero(t, received(s.lines, host, 200*ms, 601*ms))
		require.Equal(t, 39, received(s.lines, host, 601*ms, time.Second))
	}
	// Of the notes of 200 ms both are in flight; those of 210 to 600 ms are cut when sent.
	require.Equal(t, "82 messages cut off, 2 in flight", effect(r))
}

// "With OneWay, nothing passes from Hosts to the others, and the way back stays open."
func TestAOneWayPartitionLeavesTheWayBackOpen(t *testing.T) {
	s := tell(chat).fault(scenarios.Partition, 200*ms+ms/2, 400*ms, 1)
	s.last().OneWay = true
	r := world.New(s.Spec).Run()
	require.Zero(t, received(s.lines, 0, 200*ms, 601*ms))
	require.Equal(t, 40, received(s.lines, 1, 200*ms, 601*ms))
	require.Equal(t, "41 messages cut off, 1 in flight", effect(r))
}

func TestOverlappingPartitionsEndOneByOne(t *testing.T) {
	s := tell(chat).
		fault(scenarios.Partition, 205*ms, 200*ms, 1).
		fault(scenarios.Partition, 305*ms, 300*ms, 0)
	world.New(s.Spec).Run()
	require.Zero(t, received(s.lines, 0, 205*ms, 605*ms))
	require.NotZero(t, received(s.lines, 0, 605*ms, time.Second))
}

// "Every link loses LossPPM of its packets, on top of what it loses anyway."
func TestALossFaultLosesItsShare(t *testing.T) {
	s := tell(chat).fault(scenarios.Loss, 5*ms, 20*time.Second)
	s.last().LossPPM = rng.Percent(25)
	s.Duration = 20*time.Second + 5*ms
	r := world.New(s.Spec).Run()
	arrived := received(s.lines, 0, 0, time.Hour) + received(s.lines, 1, 0, time.Hour)
	// 4,000 notes: a standard deviation is 27, and the bound is beyond five of them.
	require.InDelta(t, 3000, arrived, 140)
	require.Equal(t, fmt.Sprintf("%d packets lost", 4000-arrived), effect(r))
}

func TestAFaultThatDidNotBiteHasNoEffect(t *testing.T) {
	s := tell(nil).
		fault(scenarios.Partition, 100*ms, 100*ms, 1).
		fault(scenarios.Loss, 100*ms, 100*ms)
	s.last().LossPPM = rng.Always
	r := s.
		fault(scenarios.Crash, 100*ms, 500*ms, 1).
		fault(scenarios.Crash, 200*ms, 100*ms, 1).
		expect(t, `600ms 1: start ""`)
	require.Equal(t, []world.FaultReport{
		{Kind: scenarios.Crash, Count: 2, Effect: "1 server went down, 1 came back"},
		{Kind: scenarios.Partition, Count: 1},
		{Kind: scenarios.Loss, Count: 1},
	}, r.Faults)
}

// "The hosts stop, and return after For, with their disks and another configuration, which they keep
// for good."
func TestAnUpgradedHostKeepsItsNewConfiguration(t *testing.T) {
	s := saveOnce(1).fault(scenarios.Upgrade, 30*ms, 100*ms, 1).fault(scenarios.Crash, 300*ms, 100*ms, 1)
	s.last().Keep = true
	s.Upgraded = func(self node.ID, _ rng.Rand) node.Machine[note] {
		s.lines = append(s.lines, "upgraded")
		return &diary{self: self, lines: &s.lines}
	}
	r := s.expect(t, "upgraded", `130ms 1: start "state"`, "upgraded", `400ms 1: start "state"`)
	require.Equal(t, "1 server stopped, 1 came back upgraded", r.Faults[1].Effect)
}
