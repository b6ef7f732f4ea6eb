package world_test

import (
	"bytes"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/trace"
)

// tick makes host 1 send a note every 10 ms: the loop that gets stuck.
func tick(d *diary, _ clock.Time, out *node.Out[note]) {
	if d.self == 1 {
		out.Send(0).text = "tick"
	}
}

// "An alarm slot that has sent something is stuck": a loop sends once, and finds at the end of the
// block that its next alarm is long due. "First leaves what is stuck": over a link without delay it
// arrives before the loop wakes.
func TestALoopThatSendsIsStuckUntilTheEndOfTheBlock(t *testing.T) {
	s := tell(tick).fault(scenarios.Block, 35*ms, 100*ms, 1)
	s.Network.Latency = netmodel.Constant(0)
	s.Duration = 150 * ms
	r := s.expect(t,
		"10ms 0: tick from 1", "20ms 0: tick from 1", "30ms 0: tick from 1",
		"135ms 0: tick from 1",
		"135ms 1: woken late by 85ms", "135ms 0: tick from 1",
		"145ms 0: tick from 1",
	)
	require.Equal(t, "1 server blocked, 1 input came late, 1 output left late", effect(r))
	require.Equal(t, uint64(6), r.Messages)
}

// "The other slots go off on time", and what arrives waits in order of arrival,
// in-flight messages included: the first hello is on its way when the block begins.
func TestALoopThatSendsNothingRunsOnTimeWhileInputWaits(t *testing.T) {
	s := tell(func(d *diary, now clock.Time, out *node.Out[note]) {
		switch {
		case d.self == 0 && now.Since() == 30*ms:
			out.Send(1).text = "hello"
		case d.self == 0 && now.Since() == 50*ms:
			out.Send(1).text = "again"
		case d.self == 1 && now.Since() == 60*ms:
			d.write(now, "on time")
		}
	})
	r := s.fault(scenarios.Block, 30*ms+ms/2, 100*ms, 1).
		expect(t, "60ms 1: on time", "130.5ms 1: hello from 0", "130.5ms 1: again from 0")
	require.Equal(t, "1 server blocked, 2 inputs came late", effect(r))
}

// "Its luck is drawn when it leaves": a cut that is over by the end of the block does not touch
// what was stuck meanwhile, and one that is in force at the end takes it.
func TestTheLuckOfWhatIsStuckIsDrawnAtTheEnd(t *testing.T) {
	for name, test := range map[string]struct {
		from, length time.Duration
		arrived      int
	}{
		"cut when it was sent": {35 * ms, 60 * ms, 1},
		"cut when it leaves":   {100 * ms, 60 * ms, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := tell(at(1, 40*ms, func(out *node.Out[note]) { out.Send(0).text = "ping" })).
				fault(scenarios.Block, 35*ms, 100*ms, 1).
				fault(scenarios.Partition, test.from, test.length, 1)
			s.run()
			require.Equal(t, test.arrived, received(s.lines, 0, 0, time.Second))
			require.Equal(t, test.arrived, received(s.lines, 0, 136*ms, 137*ms))
		})
	}
}

// "And calls, whose time-outs begin only then": with 20 ms of patience it is refused, not timed
// out.
func TestACallMadeInABlockStartsAtItsEnd(t *testing.T) {
	tell(at(1, 40*ms, func(out *node.Out[note]) { out.Call(0, 7, 20*ms) })).
		fault(scenarios.Block, 35*ms, 100*ms, 1).
		expect(t, "135ms 1: woken late by 85ms", "139ms 1: call 7 to 0: refused")
}

// "Calls under way run out on time, and their ends wait": the refusal comes at 34 ms, within the
// time-out if it is 20 ms and after it if it is 3 ms.
func TestACallUnderWayEndsWhenTheBlockDoes(t *testing.T) {
	for timeout, end := range map[time.Duration]string{20 * ms: "refused", 3 * ms: "timeout"} {
		tell(at(1, 30*ms, func(out *node.Out[note]) { out.Call(0, 7, timeout) })).
			fault(scenarios.Block, 32*ms, 100*ms, 1).
			expect(t, "132ms 1: call 7 to 0: "+end)
	}
}

// A blocked peer answers late: the caller's patience is its own.
func TestARequestWaitsAtABlockedHost(t *testing.T) {
	for timeout, end := range map[time.Duration]string{
		200 * ms: "136ms 0: call 7 to 1: refused", 50 * ms: "80ms 0: call 7 to 1: timeout",
	} {
		tell(at(0, 30*ms, func(out *node.Out[note]) { out.Call(1, 7, timeout) })).
			fault(scenarios.Block, 32*ms+ms/2, 102*ms+ms/2, 1).
			expect(t, end)
	}
}

// A health probe is sent by a socket, too: the origin is asked when the block ends.
func TestAProbeMadeInABlockStartsAtItsEnd(t *testing.T) {
	s := tell(at(1, 40*ms, func(out *node.Out[note]) {
		out.Probe(node.Probe{Origin: 0, Timeout: 20 * ms})
	}))
	s.Origins = world.Origins{Count: 1, RoundTrip: netmodel.Constant(5 * ms)}
	s.fault(scenarios.Block, 35*ms, 100*ms, 1).fault(scenarios.OriginDown, 35*ms, 90*ms)
	s.last().Origins = []uint32{0}
	s.expect(t, "135ms 1: woken late by 85ms", "140ms 1: origin 0 succeeded")
}

// "A crash ends all that are under way, and drops what waits", and the new life is not blocked:
// nothing of the old one leaves when a pause of the new one ends.
func TestACrashDropsWhatABlockHolds(t *testing.T) {
	s := tell(func(d *diary, now clock.Time, out *node.Out[note]) {
		if now.Since() == 40*ms {
			out.Send(1 - d.self).text = "lost"
		}
		if now.Since() == 95*ms {
			out.Send(1 - d.self).text = "sent"
		}
	})
	r := s.fault(scenarios.Block, 35*ms, 100*ms, 1).fault(scenarios.Crash, 55*ms, 10*ms, 1).
		fault(scenarios.Pause, 70*ms, 15*ms, 1).
		expect(t, `65ms 1: start ""`, "85ms 1: woken late by 10ms", "96ms 0: sent from 1")
	require.Equal(t, uint64(2), r.Messages, "what never left does not count")
	require.Equal(t, "1 server blocked, 0 inputs came late", r.Faults[2].Effect)
}

func TestABlockDoesNotStrikeAHostThatIsDown(t *testing.T) {
	r := tell(tick).
		fault(scenarios.Crash, 5*ms, 50*ms, 1).
		fault(scenarios.Block, 35*ms, 100*ms, 1).run()
	require.Empty(t, r.Faults[1].Effect)
	require.Equal(t, uint64(94), r.Messages, "a tick every 10 ms from 65 ms on")
}

func TestAHostRunsFreeWhenTheLastOfItsBlocksIsOver(t *testing.T) {
	s := tell(tick).
		fault(scenarios.Block, 35*ms, 100*ms, 1).
		fault(scenarios.Block, 55*ms, 200*ms, 1).
		fault(scenarios.Block, 60*ms, 10*ms, 1)
	r := s.run()
	require.Contains(t, s.lines, "255ms 1: woken late by 205ms")
	require.Zero(t, received(s.lines, 0, 35*ms, 256*ms))
	require.Equal(t, "1 server blocked, 1 input came late, 1 output left late", effect(r))
}

// A host that is paused and blocked does nothing, and what is stuck leaves when it is neither.
func TestABlockAndAPauseMayOverlap(t *testing.T) {
	for name, test := range map[string]struct{ block, pause time.Duration }{
		"the pause ends first": {100 * ms, 50 * ms},
		"the block ends first": {50 * ms, 90 * ms},
	} {
		t.Run(name, func(t *testing.T) {
			s := tell(tick).
				fault(scenarios.Block, 35*ms, test.block, 1).
				fault(scenarios.Pause, 45*ms, test.pause, 1)
			r := s.run()
			require.Contains(t, s.lines, "135ms 1: woken late by 85ms")
			require.Zero(t, received(s.lines, 0, 35*ms, 136*ms))
			require.Equal(t, 2, received(s.lines, 0, 136*ms, 137*ms))
			require.Contains(t, r.Faults[0].Effect+r.Faults[1].Effect, "1 output left late")
		})
	}
}

// What a server says when it leaves hangs in its sockets like anything else.
func TestALeavingHostsGoodbyeIsStuck(t *testing.T) {
	for length, goodbyes := range map[time.Duration]int{time.Second: 1, 3 * time.Second: 0} {
		s := tell(nil).
			fault(scenarios.Block, 35*ms, length, 1).
			fault(scenarios.Leave, 45*ms, 0, 1)
		s.Duration = 5 * time.Second
		s.run()
		require.Equal(t, goodbyes, received(s.lines, 0, 0, s.Duration))
	}
}

// A late message names the alarm that sent it as its cause, not the end of the block.
func TestTheTraceShowsABlockAndTheCauseOfWhatLeavesLate(t *testing.T) {
	var file bytes.Buffer
	s := tell(at(1, 40*ms, func(out *node.Out[note]) { out.Send(0).text = "ping" })).
		fault(scenarios.Block, 35*ms, 100*ms, 1)
	writer, err := trace.NewWriter(&file, trace.Header{})
	require.NoError(t, err)
	s.Trace = writer
	s.run()
	require.NoError(t, writer.Close())

	seen := map[trace.Kind]trace.Record{}
	reader, err := trace.NewReader(&file)
	require.NoError(t, err)
	for r, err := reader.Next(); err != io.EOF; r, err = reader.Next() {
		require.NoError(t, err)
		if r.Kind == trace.Block || r.Kind == trace.Unblock || r.Kind == trace.Deliver ||
			r.Kind == trace.Wake && r.At == clock.At(40*ms) && r.Host == 1 {
			seen[r.Kind] = r
		}
	}
	require.Equal(t, clock.At(35*ms), seen[trace.Block].At)
	require.Equal(t, clock.At(135*ms), seen[trace.Unblock].At)
	require.Equal(t, clock.At(136*ms), seen[trace.Deliver].At)
	require.NotZero(t, seen[trace.Wake].Seq)
	require.Equal(t, seen[trace.Wake].Seq, seen[trace.Deliver].Cause)
}

// "HostStalled: Host stands still from now on, paused or blocked. HostResumed ends that; so does
// HostDown": of overlapping standstills only the first and the last count.
func TestCheckersAreToldOfStandstills(t *testing.T) {
	s := tell(nil).
		fault(scenarios.Block, 35*ms, 100*ms, 1).
		fault(scenarios.Pause, 45*ms, 200*ms, 1).
		fault(scenarios.Pause, 55*ms, 20*ms, 1).
		fault(scenarios.Pause, 300*ms, 200*ms, 0).
		fault(scenarios.Crash, 400*ms, 50*ms, 0)
	w := &witness{kinds: checkers.HostStalled | checkers.HostResumed | checkers.HostDown}
	s.Checkers = []checkers.Checker{w}
	s.run()
	require.Equal(t, []string{
		"35ms 1 stalled", "245ms 1 resumed", "300ms 0 stalled", "400ms 0 down true",
	}, w.lines)
}

// What hangs in the sockets leaves once the checkers know that the host runs again.
func TestAStandstillIsOverBeforeWhatIsStuckLeaves(t *testing.T) {
	s := tell(at(1, 40*ms, func(out *node.Out[note]) { out.Probe(node.Probe{Timeout: 20 * ms}) })).
		fault(scenarios.Block, 35*ms, 100*ms, 1)
	s.Origins.Count = 1
	w := &witness{kinds: checkers.HostResumed | checkers.ProbeStarted}
	s.Checkers = []checkers.Checker{w}
	s.run()
	require.Equal(t, []string{"135ms 1 resumed", "135ms 1 probes 0"}, w.lines)
}
