package sim_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim"
	"butterfly/sim/clock"
)

func TestLivesAreNumbered(t *testing.T) {
	k := sim.New[letter](1, sim.Options{})
	for life := 1; life <= 3; life++ {
		require.False(t, k.Up(0))
		require.Equal(t, life, k.Life(0), "the next one")
		k.Start(0)
		require.True(t, k.Up(0))
		require.Equal(t, life, k.Life(0), "this one")
		k.Crash(0)
	}
}

// "A crash ends the life: its timers, its calls and probes, and the messages in flight from its
// sockets are gone."
func TestACrashEndsEverythingOfTheLife(t *testing.T) {
	s := play(t, 2)
	s.SetTimer(0, 0, clock.At(100*ms))
	s.SetTimer(0, 7, clock.At(200*ms))
	s.Probe(0, node.ProbeResult{Origin: 4}, 100*ms, time.Second)
	s.send(0, 1, "in flight", 100*ms)
	s.call(0, 1, "in flight", 100*ms)
	s.OpenCall(0, 1, 8, 100*ms)
	s.expect(50 * ms)
	s.Crash(0)
	s.Start(0)
	s.expect(time.Hour)
	require.Equal(t, uint64(2), s.Stats().LostToCrash)
	require.Zero(t, s.Held())
	require.Zero(t, s.Pending())
}

func TestWhatArrivesWhileAHostIsDownIsLost(t *testing.T) {
	s := play(t, 2)
	s.send(0, 1, "lost", 10*ms)
	s.call(0, 1, "lost", 10*ms)
	s.Crash(1)
	s.expect(20 * ms)
	s.Start(1)
	s.expect(time.Hour, "1s call 7 0->1 timeout")
	require.Equal(t, uint64(2), s.Stats().LostToCrash)
	require.Zero(t, s.Held())
}

// "Those that arrive after a restart reach the new life, as late datagrams do."
func TestWhatArrivesAfterARestartReachesTheNewLife(t *testing.T) {
	s := play(t, 2)
	s.send(0, 1, "late", 10*ms)
	s.call(0, 1, "late", 10*ms)
	s.Crash(1)
	s.Start(1)
	s.expect(10*ms, "10ms deliver 0->1 late", "10ms request 0->1 late")
}

func TestAReplyToAnOldLifeNeverReachesANewOne(t *testing.T) {
	s := play(t, 2)
	ref := s.call(0, 1, "old life", 10*ms)
	s.next(time.Second)
	s.Reply(1, ref, &letter{"for the old life"}, 100, 10*ms)
	s.Crash(0)
	s.Start(0)
	s.call(0, 1, "new life", 500*ms) // has the same number
	s.expect(time.Minute, "510ms request 0->1 new life", "1.01s call 7 0->1 timeout")
	require.Zero(t, s.Held())
}

func TestAReplyInFlightDiesWithTheServer(t *testing.T) {
	s := play(t, 2)
	ref := s.call(0, 1, "a", 10*ms)
	s.next(time.Second)
	s.Reply(1, ref, &letter{"b"}, 100, 10*ms)
	s.Crash(1)
	s.Start(1)
	s.expect(time.Minute, "1s call 7 0->1 timeout")
}

// "A paused host keeps its life: what arrives queues up and is handled in a burst on resume, and
// its timers go off late."
func TestAPausedHostHandlesEverythingInOrderOnResume(t *testing.T) {
	s := play(t, 2)
	s.call(1, 0, "asked before", 5*ms)
	s.SetTimer(1, 2, clock.At(30*ms))
	s.send(0, 1, "first", 10*ms)
	s.send(0, 1, "second", 20*ms)
	s.call(0, 1, "asked", 25*ms)
	s.Probe(1, node.ProbeResult{Origin: 4, Outcome: node.Succeeded}, 40*ms, time.Second)
	s.SetTimer(1, 3, clock.At(60*ms))
	s.Reply(0, sim.CallRef(s.next(time.Second).Call), &letter{"answer"}, 100, 40*ms)
	s.Pause(1)
	require.True(t, s.Up(1))
	s.expect(50 * ms)
	s.Resume(1)
	require.Equal(t, 1, s.Life(1))
	s.expect(time.Second-1,
		"50ms deliver 0->1 first",
		"50ms deliver 0->1 second",
		"50ms request 0->1 asked",
		"50ms wake 2 of 1",
		"50ms host 1 origin 4 succeeded",
		"50ms call 7 1->0 answer",
		"60ms wake 3 of 1",
	)
}

func TestACallThatRanOutDuringAPauseEndsOnceAndLate(t *testing.T) {
	s := play(t, 2)
	ref := s.call(0, 1, "a", 10*ms)
	s.next(time.Second)
	s.Pause(0)
	s.Reply(1, ref, &letter{"too late"}, 100, time.Second)
	s.expect(2 * time.Second)
	s.Resume(0)
	s.expect(time.Minute, "2s call 7 0->1 timeout")
	require.Zero(t, s.Held())
}

func TestAReplyThatCameBeforeTheDeadlineWinsOverItAfterAPause(t *testing.T) {
	s := play(t, 2)
	ref := s.call(0, 1, "a", 10*ms)
	s.next(time.Second)
	s.Pause(0)
	s.Reply(1, ref, &letter{"in time"}, 100, 10*ms)
	s.expect(2 * time.Second)
	s.Resume(0)
	s.expect(time.Minute, "2s call 7 0->1 in time")
	require.Zero(t, s.Held())
}

// "Datagrams only as far as the socket buffer holds them": streams and timers are not dropped.
func TestAFullSocketBufferDropsDatagramsOnly(t *testing.T) {
	s := playWith(t, 2, sim.Options{SocketBuffer: 250})
	s.Pause(1)
	for _, text := range []string{"first", "second", "third"} { // 100 bytes each
		s.send(0, 1, text, 10*ms)
	}
	s.call(0, 1, "asked", 20*ms)
	s.SetTimer(1, 0, clock.At(30*ms))
	s.expect(40 * ms)
	s.Resume(1)
	s.expect(50*ms, "40ms deliver 0->1 first", "40ms deliver 0->1 second", "40ms request 0->1 asked",
		"40ms wake 0 of 1")
	require.Equal(t, uint64(1), s.Stats().SocketOverflows)
}

func TestTheSocketBufferIsEmptyAgainAfterAPause(t *testing.T) {
	s := playWith(t, 2, sim.Options{SocketBuffer: 100})
	for range 2 {
		s.Pause(1)
		s.send(0, 1, "a", 0)
		s.expect(s.Now().Since())
		s.Resume(1)
		s.expect(s.Now().Since(), s.Now().Since().String()+" deliver 0->1 a")
	}
	require.Zero(t, s.Stats().SocketOverflows)
}

func TestTheSocketBufferDiesWithTheProcess(t *testing.T) {
	s := playWith(t, 2, sim.Options{SocketBuffer: 100})
	for range 2 {
		s.Pause(1)
		s.send(0, 1, "a", 0)
		s.expect(s.Now().Since())
		s.Crash(1)
		s.Start(1)
	}
	require.Zero(t, s.Stats().SocketOverflows)
}

// net.core.rmem_default of Linux is 212,992 bytes.
func TestTheSocketBufferIsLinuxsByDefault(t *testing.T) {
	s := play(t, 2)
	s.Pause(1)
	for range 2130 {
		s.send(0, 1, "100 bytes", ms)
	}
	s.expect(ms)
	require.Equal(t, uint64(2130-212_992/100), s.Stats().SocketOverflows)
}

func TestACrashDuringAPauseReleasesEverything(t *testing.T) {
	s := play(t, 2)
	ref := s.call(1, 0, "asks", 5*ms)
	s.next(time.Second)
	s.Reply(0, ref, &letter{"answer"}, 100, 5*ms)
	s.OpenCall(1, 0, 8, 20*ms)
	s.send(0, 1, "a", 10*ms)
	s.call(0, 1, "b", 10*ms)
	s.Probe(1, node.ProbeResult{}, 10*ms, time.Second)
	s.SetTimer(1, 0, clock.At(10*ms))
	s.Pause(1)
	s.expect(30 * ms)
	s.Crash(1)
	require.False(t, s.Paused(1))
	s.Start(1)
	s.expect(time.Minute, "1.005s call 7 0->1 timeout")
	require.Zero(t, s.Held())
	require.Zero(t, s.Pending())
}

func TestAPauseWithinAPauseOfTheSameInstantKeepsTheOrder(t *testing.T) {
	s := play(t, 2)
	s.Pause(1)
	s.send(0, 1, "first", 10*ms)
	s.send(0, 1, "second", 20*ms)
	s.expect(30 * ms)
	s.Resume(1)
	s.Pause(1)
	s.expect(40 * ms)
	s.Resume(1)
	s.expect(40*ms, "40ms deliver 0->1 first", "40ms deliver 0->1 second")
}

// "What waits counts as in flight."
func TestWhatWaitsAtAPausedHostIsLostWhenItsSenderCrashes(t *testing.T) {
	s := play(t, 2)
	s.Pause(1)
	s.send(0, 1, "a", 10*ms)
	s.expect(20 * ms)
	s.Crash(0)
	s.Resume(1)
	s.expect(time.Minute)
	require.Equal(t, uint64(1), s.Stats().LostToCrash)
	require.Zero(t, s.Held())
}

func TestHostsRefuseWhatTheirStateDoesNotAllow(t *testing.T) {
	k := sim.New[letter](1, sim.Options{})
	require.PanicsWithValue(t, "sim: Crash of a host that is down", func() { k.Crash(0) })
	require.PanicsWithValue(t, "sim: Pause of a host that is down or paused", func() { k.Pause(0) })
	require.PanicsWithValue(t, "sim: Resume of a host that is not paused", func() { k.Resume(0) })
	k.Start(0)
	require.PanicsWithValue(t, "sim: Start of a host that is up", func() { k.Start(0) })
	k.Pause(0)
	require.PanicsWithValue(t, "sim: Pause of a host that is down or paused", func() { k.Pause(0) })
}
