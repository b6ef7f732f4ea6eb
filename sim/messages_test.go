package sim_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim"
	"butterfly/sim/clock"
	"butterfly/sim/invariant"
)

func TestADatagramArrivesWithItsSenderAndSize(t *testing.T) {
	s := play(t, 3)
	s.Deliver(s.Pack(2, &letter{"hello"}, 1234), 1, 10*ms)
	step := s.next(time.Second)
	require.Equal(t, "10ms deliver 2->1 hello", line(step))
	require.Equal(t, 1234, step.Size)
}

// "Copies of one datagram share it": both show the same message at the same address, and it is
// released after the last.
func TestDuplicatesShareAnEnvelopeUntilTheLast(t *testing.T) {
	s := play(t, 2)
	parcel := s.Pack(0, &letter{"twice"}, 100)
	s.Deliver(parcel, 1, 10*ms)
	s.Deliver(parcel, 1, 20*ms)
	require.Equal(t, 1, s.Held())
	first := s.next(time.Second).Message
	require.Equal(t, "twice", first.text)
	second := s.next(time.Second).Message
	require.Equal(t, "twice", second.text)
	require.Same(t, first, second)
	require.Equal(t, 1, s.Held())
	s.expect(time.Second)
	require.Zero(t, s.Held())
}

func TestADuplicateSurvivesTheLossOfTheOther(t *testing.T) {
	s := play(t, 3)
	parcel := s.Pack(0, &letter{"twice"}, 100)
	s.Deliver(parcel, 1, 10*ms)
	s.Deliver(parcel, 2, 20*ms)
	s.Crash(1)
	s.expect(time.Second, "20ms deliver 0->2 twice")
	require.Zero(t, s.Held())
}

// "No crash of the sender takes it back, and it arrives when the sender is in another life or in
// none."
func TestAReplayOutlivesItsSender(t *testing.T) {
	s := play(t, 2)
	parcel := s.Pack(0, &letter{"again"}, 100)
	s.Deliver(parcel, 1, 10*ms)
	s.Replay(parcel, 1, 20*ms)
	s.Replay(parcel, 1, 40*ms)
	s.Crash(0)
	s.expect(30*ms, "20ms deliver 0->1 again")
	s.Start(0)
	s.expect(time.Second, "40ms deliver 0->1 again")
	require.Zero(t, s.Held())
	require.Equal(t, uint64(1), s.Stats().LostToCrash)
}

// In all else it is a datagram: it waits in the socket buffer of a host that stands still, and is
// lost with it.
func TestAReplayWaitsAndIsLostAsADatagramIs(t *testing.T) {
	s := playWith(t, 2, sim.Options{SocketBuffer: 250})
	parcel := s.Pack(0, &letter{"again"}, 100)
	for range 3 {
		s.Replay(parcel, 1, 10*ms)
	}
	s.Pause(1)
	s.expect(20 * ms)
	require.Equal(t, uint64(1), s.Stats().SocketOverflows)
	s.Crash(0)
	s.Resume(1)
	s.expect(30*ms, "20ms deliver 0->1 again", "20ms deliver 0->1 again")

	s.Start(0)
	s.Replay(s.Pack(0, &letter{"lost"}, 100), 1, 10*ms)
	s.Pause(1)
	s.expect(50 * ms)
	s.Crash(1)
	s.expect(time.Second)
	require.Zero(t, s.Held())
}

func TestAMessageIsNotOverwrittenWhileItIsLent(t *testing.T) {
	s := play(t, 2)
	s.send(0, 1, "lent", 10*ms)
	step := s.next(time.Second)
	for range 1000 {
		s.send(1, 0, "answer", 10*ms)
	}
	require.Equal(t, "lent", step.Message.text)
}

// "Message is lent until the next call of Next." In builds with assertions whoever keeps it finds
// out.
func TestALentMessageIsMangledAfterTheStep(t *testing.T) {
	s := play(t, 2)
	s.send(0, 1, "lent", 10*ms)
	kept := s.next(time.Second).Message
	s.expect(time.Second)
	if invariant.Enabled {
		require.Equal(t, "mangled", kept.text)
	} else {
		require.Equal(t, "lent", kept.text)
	}
}

// buffer is a message whose memory is worth keeping.
type buffer struct{ bytes []byte }

func (b *buffer) Reset() { b.bytes = b.bytes[:0] }

// "Leaving in exchange an old one whose memory can be reused."
func TestPackGivesOldMemoryInExchange(t *testing.T) {
	k := sim.New[buffer](2, sim.Options{})
	k.Start(0)
	k.Start(1)
	var step sim.Step[buffer]
	m := buffer{make([]byte, 100)}
	memory := &m.bytes[0]
	k.Deliver(k.Pack(0, &m, 100), 1, ms)
	require.Nil(t, m.bytes)
	require.True(t, k.Next(clock.At(time.Second), &step))
	require.Same(t, memory, &step.Message.bytes[0])
	require.False(t, k.Next(clock.At(time.Second), &step))
	k.Pack(0, &m, 100)
	require.Same(t, memory, &m.bytes[0])
	node.ResetMessage(&m)
	require.Empty(t, m.bytes)
}

// "It arrives at the given time, as what it is": in the order in which it was put off, to a call that
// is still open, and not from a sender that has crashed meanwhile.
func TestWhatIsPostponedArrivesLater(t *testing.T) {
	s := play(t, 3)
	s.call(0, 1, "ask", 5*ms)
	s.send(0, 1, "first", 10*ms)
	s.send(2, 1, "lost", 20*ms)
	s.Replay(s.Pack(2, &letter{"replayed"}, 100), 1, 30*ms)
	for range 4 {
		s.Postpone(s.next(40*ms), clock.At(50*ms))
	}
	s.Crash(2)
	s.expect(60*ms,
		"50ms request 0->1 ask", "50ms deliver 0->1 first", "50ms deliver 2->1 replayed")
	require.Equal(t, uint64(1), s.Stats().LostToCrash)
}

func TestAReplyCanBePostponedBeyondItsCall(t *testing.T) {
	s := play(t, 2)
	s.call(0, 1, "ask", 5*ms)
	s.Reply(1, s.next(time.Second).Call, &letter{"answer"}, 100, 5*ms)
	s.Postpone(s.next(time.Second), clock.At(2*time.Second))
	s.expect(3*time.Second, "1s call 7 0->1 timeout")
	require.Equal(t, uint64(1), s.Stats().LateReplies)
	require.Zero(t, s.Held())
}

// "Discards the datagrams and requests that are in flight to a host ..., and returns how many": copies
// too, and nothing that goes to others or comes from it. Both queues do.
func TestWhatIsInFlightToAHostCanBeLost(t *testing.T) {
	for _, plain := range []bool{false, true} {
		s := playWith(t, 3, sim.Options{PlainHeap: plain})
		s.send(0, 1, "lost", 10*ms)
		parcel := s.Pack(2, &letter{"lost twice"}, 100)
		s.Deliver(parcel, 1, 10*ms)
		s.Replay(parcel, 1, time.Minute)
		s.call(0, 1, "lost", 10*ms)
		s.send(0, 2, "kept", 10*ms)
		s.send(1, 2, "kept", 20*ms)
		s.call(1, 2, "kept", 30*ms)
		s.SetTimer(1, 3, clock.At(40*ms))
		require.Equal(t, 4, s.Lose(1))
		s.expect(50*ms, "10ms deliver 0->2 kept", "20ms deliver 1->2 kept",
			"30ms request 1->2 kept", "40ms wake 3 of 1")
		require.Zero(t, s.Lose(1))
		s.expect(time.Hour, "1s call 7 0->1 timeout", "1s call 7 1->2 timeout")
		require.Zero(t, s.Held())
	}
}

// "In which of its lives the sender sent the message of the current step": only a copy that the network
// has made tells of another one than now.
func TestAMessageTellsInWhichLifeItWasSent(t *testing.T) {
	s := play(t, 2)
	s.Replay(s.Pack(0, &letter{"first"}, 100), 1, 20*ms)
	s.Crash(0)
	s.Start(0)
	s.send(0, 1, "second", 30*ms)
	s.next(time.Second)
	require.Equal(t, 1, s.SenderLife())
	s.next(time.Second)
	require.Equal(t, 2, s.SenderLife())
}
