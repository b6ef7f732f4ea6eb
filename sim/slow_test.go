package sim_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim"
	"butterfly/sim/clock"
)

// "A slow host takes a cost for each input: one after the other, in the order in which they came,
// and handles it when that time is over": whatever it is, in flight before it was slow or not.
func TestASlowHostTakesItsTimeForEachInput(t *testing.T) {
	s := play(t, 2)
	s.send(0, 1, "in flight", 10*ms)
	s.SetCost(1, 20*ms)
	s.SetTimer(1, 3, clock.At(15*ms))
	s.call(0, 1, "asked", 12*ms)
	s.Probe(1, node.ProbeResult{Origin: 4, Outcome: node.Succeeded}, 40*ms, time.Second)
	s.send(0, 1, "after a rest", 200*ms)
	s.expect(time.Second-1,
		"30ms deliver 0->1 in flight",
		"50ms request 0->1 asked",
		"70ms wake 3 of 1",
		"90ms host 1 origin 4 succeeded",
		"220ms deliver 0->1 after a rest",
	)
	require.Equal(t, 3, s.SetCost(1, 0), "those that had to wait behind another")
}

// An alarm that is put off or set anew before its time is no input: it costs nothing.
func TestAlarmsThatArePutOffCostNothing(t *testing.T) {
	s := play(t, 1)
	s.SetCost(0, 20*ms)
	s.SetTimer(0, 0, clock.At(10*ms))
	s.SetTimer(0, 0, clock.At(100*ms))
	s.SetTimer(0, 1, clock.At(50*ms))
	s.SetTimer(0, 1, clock.At(30*ms))
	s.expect(time.Second, "50ms wake 1 of 0", "120ms wake 0 of 0")
}

func TestAnAlarmThatIsSetAnewWhileItWaitsGoesOffOnce(t *testing.T) {
	s := play(t, 2)
	s.SetCost(0, 20*ms)
	s.send(1, 0, "first", 10*ms)
	s.SetTimer(0, 0, clock.At(15*ms))
	s.expect(20 * ms)
	s.SetTimer(0, 0, clock.At(60*ms))
	s.expect(time.Second, "30ms deliver 1->0 first", "80ms wake 0 of 0")
}

// What has moved on while it waited is neither handled nor taken for what replaced it.
func TestWhatMovedOnWhileItWaitedIsDropped(t *testing.T) {
	s := play(t, 2)
	s.SetCost(0, 20*ms)
	s.send(1, 0, "first", 10*ms)
	s.SetTimer(0, 0, clock.At(15*ms))
	s.OpenCall(0, 1, 8, 18*ms)
	s.expect(20 * ms)
	s.SetTimer(0, 0, clock.Never)
	s.SetTimer(0, 0, clock.At(70*ms))
	s.expect(time.Second, "30ms deliver 1->0 first", "50ms call 8 0->1 timeout", "90ms wake 0 of 0")
}

// "Datagrams only as far as the socket buffer holds them", and one that is handled makes room.
func TestASlowHostLosesWhatItsSocketBufferDoesNotHold(t *testing.T) {
	s := playWith(t, 2, sim.Options{SocketBuffer: 250})
	s.SetCost(1, 20*ms)
	for i := range 4 {
		s.send(0, 1, fmt.Sprint(i), 10*ms)
	}
	s.send(0, 1, "later", 35*ms)
	s.expect(time.Second,
		"30ms deliver 0->1 0", "50ms deliver 0->1 1", "70ms deliver 0->1 later")
	require.Equal(t, uint64(2), s.Stats().SocketOverflows)
	require.Zero(t, s.Held())
}

// "What a pause or a block holds is not worked on, and work that a pause interrupts begins anew."
func TestAPauseInterruptsASlowHost(t *testing.T) {
	s := play(t, 2)
	s.SetCost(1, 20*ms)
	s.send(0, 1, "a", 10*ms)
	s.send(0, 1, "b", 15*ms)
	s.expect(20 * ms)
	s.Pause(1)
	s.expect(100 * ms)
	require.Equal(t, 2, s.Resume(1))
	s.expect(time.Second, "120ms deliver 0->1 a", "140ms deliver 0->1 b")
}

func TestASlowHostWorksOnAlarmsWhileItsSocketsAreBlocked(t *testing.T) {
	s := play(t, 2)
	s.SetCost(1, 20*ms)
	s.Block(1)
	s.send(0, 1, "a", 10*ms)
	s.SetTimer(1, 0, clock.At(15*ms))
	s.expect(100*ms, "35ms wake 0 of 1")
	s.Unblock(1)
	s.expect(time.Second, "120ms deliver 0->1 a")
}

// "The cost is the host's, not the process's: a crash does not end it", but the work is gone.
func TestASlowHostThatCrashesIsSlowInItsNextLife(t *testing.T) {
	s := play(t, 2)
	s.SetCost(1, 20*ms)
	s.send(0, 1, "gone", 10*ms)
	s.expect(20 * ms)
	s.Crash(1)
	s.Start(1)
	s.send(0, 1, "a", 5*ms)
	s.expect(time.Second, "45ms deliver 0->1 a")
	require.Zero(t, s.Held())
}

func TestWhatWaitsIsHandledAtOnceWhenAHostIsSlowNoMore(t *testing.T) {
	s := play(t, 2)
	s.SetCost(1, 20*ms)
	s.send(0, 1, "a", 10*ms)
	s.send(0, 1, "b", 15*ms)
	s.expect(20 * ms)
	require.Equal(t, 1, s.SetCost(1, 0))
	s.send(0, 1, "c", 5*ms)
	s.expect(time.Second, "20ms deliver 0->1 a", "20ms deliver 0->1 b", "25ms deliver 0->1 c")
}

// A message is lost with its sender as long as it waits.
func TestASlowHostIsSparedWhatItsSenderTakesBack(t *testing.T) {
	s := play(t, 2)
	s.SetCost(1, 20*ms)
	s.send(0, 1, "gone", 10*ms)
	s.SetTimer(1, 0, clock.At(15*ms))
	s.expect(20 * ms)
	s.Crash(0)
	s.expect(time.Second, "50ms wake 0 of 1")
}

// Slowness costs what is not slow nothing, and what is slow no memory once its queue has grown.
func TestASlowHostAllocatesNothingInTheSteadyState(t *testing.T) {
	s := play(t, 2)
	s.SetCost(1, 3*ms)
	round := func() {
		for range 20 {
			var m letter
			s.Deliver(s.Pack(0, &m, 100), 1, ms)
		}
		for s.Next(s.Now().Add(100*ms), &s.step) {
		}
	}
	round()
	require.Zero(t, testing.AllocsPerRun(100, round))
}
