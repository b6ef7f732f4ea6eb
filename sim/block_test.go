package sim_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim"
	"butterfly/sim/clock"
)

// "A blocked host keeps running": what arrives waits, and is handled in a burst on unblocking, in
// the order in which it came; timers go off on time.
func TestABlockHoldsWhatArrivesAndNoTimer(t *testing.T) {
	s := play(t, 2)
	s.call(1, 0, "asked before", 5*ms)
	s.send(0, 1, "first", 10*ms)
	s.send(0, 1, "second", 20*ms)
	s.call(0, 1, "asked", 25*ms)
	s.SetTimer(1, 2, clock.At(30*ms))
	s.Probe(1, node.ProbeResult{Origin: 4, Outcome: node.Succeeded}, 40*ms, time.Second)
	s.Reply(0, s.next(time.Second).Call, &letter{"answer"}, 100, 40*ms)
	s.Block(1)
	require.True(t, s.Up(1))
	require.True(t, s.Blocked(1))
	require.False(t, s.Blocked(0))
	s.expect(50*ms, "30ms wake 2 of 1")
	require.Equal(t, 5, s.Unblock(1))
	s.expect(time.Second-1,
		"50ms deliver 0->1 first",
		"50ms deliver 0->1 second",
		"50ms request 0->1 asked",
		"50ms host 1 origin 4 succeeded",
		"50ms call 7 1->0 answer",
	)
}

// "Until the end of the block it goes off no more": other slots do, and at the end its alarm
// takes its place among what has come.
func TestAStuckSlotWaitsInTheOrderOfArrival(t *testing.T) {
	s := play(t, 2)
	s.Block(1)
	s.SetTimer(1, 0, clock.At(10*ms))
	s.next(time.Second)
	s.Stuck(1, 0)
	s.SetTimer(1, 0, clock.At(30*ms))
	s.SetTimer(1, 1, clock.At(30*ms))
	s.send(0, 1, "before", 10*ms)
	s.send(0, 1, "after", 30*ms)
	s.expect(50*ms, "30ms wake 1 of 1")
	require.Equal(t, 3, s.Unblock(1))
	s.SetTimer(1, 1, clock.At(60*ms))
	s.expect(time.Minute, "50ms deliver 0->1 before", "50ms wake 0 of 1", "50ms deliver 0->1 after",
		"60ms wake 1 of 1")
}

func TestASlotIsStuckForOneBlockOnly(t *testing.T) {
	s := play(t, 1)
	s.Block(0)
	s.Stuck(0, 3)
	s.Unblock(0)
	s.Block(0)
	s.SetTimer(0, 3, clock.At(10*ms))
	s.expect(time.Minute, "10ms wake 3 of 0")
}

// The machine is awake: another slot may set the stuck one again, or clear it, while its alarm
// waits.
func TestAWaitingAlarmCanBeReplaced(t *testing.T) {
	const never = -1
	for name, test := range map[string]struct {
		settings []time.Duration
		wakes    []string
	}{
		"not at all":            {nil, []string{"50ms wake 0 of 0"}},
		"for the past":          {[]time.Duration{10}, []string{"50ms wake 0 of 0"}},
		"for within the block":  {[]time.Duration{40}, []string{"50ms wake 0 of 0"}},
		"for after it":          {[]time.Duration{70}, []string{"70ms wake 0 of 0"}},
		"cleared":               {[]time.Duration{never}, nil},
		"cleared and set again": {[]time.Duration{never, 40}, []string{"50ms wake 0 of 0"}},
		"cleared, set for later": {
			[]time.Duration{never, 40, never, 70}, []string{"70ms wake 0 of 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := play(t, 1)
			s.Block(0)
			s.Stuck(0, 0)
			s.SetTimer(0, 0, clock.At(20*ms))
			s.expect(30 * ms)
			for _, at := range test.settings {
				if at == never {
					s.SetTimer(0, 0, clock.Never)
				} else {
					s.SetTimer(0, 0, clock.At(at*ms))
				}
			}
			s.expect(50 * ms)
			s.Unblock(0)
			s.expect(time.Minute, test.wakes...)
			require.Zero(t, s.Pending())
		})
	}
}

// "The ends of its calls" wait, "which run out on time all the same": a reply that comes before the
// deadline wins over it however late both are handled, and one that comes after it does not.
func TestACallOfABlockedHostEndsLate(t *testing.T) {
	for name, test := range map[string]struct {
		delay time.Duration
		end   string
	}{
		"in time":  {900 * ms, "2s call 7 0->1 answer"},
		"too late": {1100 * ms, "2s call 7 0->1 timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			s := play(t, 2)
			ref := s.call(0, 1, "question", 10*ms)
			s.next(time.Second)
			s.Block(0)
			s.Reply(1, ref, &letter{"answer"}, 100, test.delay)
			s.expect(2 * time.Second)
			s.Unblock(0)
			s.expect(time.Minute, test.end)
			require.Zero(t, s.Held())
		})
	}
}

// "What arrives queues up as in a pause": datagrams as far as the socket buffer holds them, and it
// is empty again afterwards.
func TestABlockedSocketHoldsItsBufferOnly(t *testing.T) {
	s := playWith(t, 2, sim.Options{SocketBuffer: 250})
	for round := range uint64(2) {
		s.Block(1)
		for _, text := range []string{"first", "second", "third"} { // 100 bytes each
			s.send(0, 1, text, 0)
		}
		s.expect(s.Now().Since())
		require.Equal(t, 2, s.Unblock(1))
		require.Equal(t, round+1, s.Stats().SocketOverflows)
		at := s.Now().Since().String()
		s.expect(s.Now().Since(), at+" deliver 0->1 first", at+" deliver 0->1 second")
	}
}

func TestACrashDuringABlockReleasesEverything(t *testing.T) {
	s := play(t, 2)
	ref := s.call(1, 0, "asks", 5*ms)
	s.next(time.Second)
	s.Reply(0, ref, &letter{"answer"}, 100, 5*ms)
	s.OpenCall(1, 0, 8, 20*ms)
	s.send(0, 1, "a", 10*ms)
	s.call(0, 1, "b", 10*ms)
	s.Probe(1, node.ProbeResult{}, 10*ms, time.Second)
	s.SetTimer(1, 0, clock.At(10*ms))
	s.Block(1)
	s.Stuck(1, 0)
	s.expect(30 * ms)
	s.Crash(1)
	require.False(t, s.Blocked(1))
	s.Start(1)
	s.SetTimer(1, 0, clock.At(40*ms))
	s.expect(time.Minute, "40ms wake 0 of 1", "1.005s call 7 0->1 timeout")
	require.Zero(t, s.Held())
	require.Zero(t, s.Pending())
}

func TestWhatWaitsAtABlockedHostIsLostWhenItsSenderCrashes(t *testing.T) {
	s := play(t, 2)
	s.Block(1)
	s.send(0, 1, "a", 10*ms)
	s.expect(20 * ms)
	s.Crash(0)
	s.Unblock(1)
	s.expect(time.Minute)
	require.Equal(t, uint64(1), s.Stats().LostToCrash)
	require.Zero(t, s.Held())
}

// A host that is both paused and blocked handles nothing. Whichever ends first lets go only what
// the other does not hold.
func TestAPauseAndABlockMayOverlap(t *testing.T) {
	for name, test := range map[string]struct {
		begin func(s *script)
		lines []string
	}{
		"the pause ends first": {
			func(s *script) {
				s.expect(30 * ms)
				require.Equal(s.t, 1, s.Resume(0), "the free slot")
				s.expect(50*ms, "30ms wake 1 of 0")
				require.Equal(s.t, 2, s.Unblock(0))
			},
			[]string{"50ms wake 0 of 0", "50ms deliver 1->0 a"},
		},
		"the block ends first": {
			func(s *script) {
				s.expect(30 * ms)
				require.Zero(s.t, s.Unblock(0))
				s.expect(50 * ms)
				require.Equal(s.t, 3, s.Resume(0))
			},
			[]string{"50ms wake 0 of 0", "50ms wake 1 of 0", "50ms deliver 1->0 a"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := play(t, 2)
			s.Block(0)
			s.Stuck(0, 0)
			s.Pause(0)
			s.SetTimer(0, 0, clock.At(10*ms))
			s.SetTimer(0, 1, clock.At(15*ms))
			s.send(1, 0, "a", 20*ms)
			test.begin(s)
			s.expect(time.Minute, test.lines...)
			require.Zero(t, s.Held())
		})
	}
}

// Datagrams that stay in the socket when a pause ends within a block go on filling its buffer.
func TestThePausesEndLeavesTheBufferOfABlockedSocketFull(t *testing.T) {
	s := playWith(t, 2, sim.Options{SocketBuffer: 100})
	s.Block(1)
	s.Pause(1)
	s.send(0, 1, "fits", 10*ms)
	s.send(0, 1, "does not", 30*ms)
	s.expect(20 * ms)
	s.Resume(1)
	s.expect(40 * ms)
	s.Unblock(1)
	s.expect(time.Minute, "40ms deliver 0->1 fits")
	require.Equal(t, uint64(1), s.Stats().SocketOverflows)
}

func TestBlocksRefuseWhatTheStateDoesNotAllow(t *testing.T) {
	k := sim.New[letter](1, sim.Options{})
	require.PanicsWithValue(t, "sim: Block of a host that is down or blocked", func() { k.Block(0) })
	require.PanicsWithValue(t, "sim: Unblock of a host that is not blocked", func() { k.Unblock(0) })
	require.PanicsWithValue(t, "sim: Stuck at a host that is not blocked", func() { k.Stuck(0, 1) })
	k.Start(0)
	k.Block(0)
	require.PanicsWithValue(t, "sim: Block of a host that is down or blocked", func() { k.Block(0) })
}
