package swim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

// hashicorp/memberlist issue 37: one member of 16 whose datagrams are all lost, in and out, for 300 s.
// Probes on a stream keep it, and without them it goes.
func TestMemberWithoutDatagramsIsNotSuspected(t *testing.T) {
	config := Lan()
	config.Seeds = []node.ID{0}
	c := formed(t, 16, config, 25)
	c.mute = around(3)
	c.run(5 * time.Minute)
	require.Empty(t, c.log, "not even a suspicion")
	require.Greater(t, len(c.probes), 16*300-20)

	config.StreamProbe = false
	c = formed(t, 16, config, 25)
	c.mute = around(3)
	c.run(time.Minute)
	require.Positive(t, c.count(node.MemberDead, 3))
}

// streaming returns member 0 of 8 that has just asked helpers, and the call it makes to the target.
func streaming(t *testing.T) (*Swim, node.Call[Message], *effects) {
	s, out := grouped(Lan(), 8)
	s.Wake(clock.At(time.Second), PeriodTimer, out)
	require.Empty(t, out.Calls)
	s.Wake(clock.At(1500*time.Millisecond), ProbeTimer, out)
	require.Len(t, out.Calls, 1)
	return s, out.Calls[0], out
}

// memberlist v0.7.0, probeNode: the fallback ping runs beside the indirect ones, until the end of the
// interval.
func TestStreamProbeRunsUntilTheVerdict(t *testing.T) {
	s, call, out := streaming(t)
	require.Equal(t, s.probe.target, call.To)
	require.Equal(t, 500*time.Millisecond, call.Timeout)
	require.Equal(t,
		Message{Kind: Ping, Sequence: s.probe.sequence, Origin: 0, Target: s.probe.target}, call.Message)

	peer, _ := grouped(Lan(), 8)
	peer.self = call.To
	var reply Message
	require.True(t, peer.Serve(0, 0, &call.Message, &reply, new(effects)))
	s.Returned(clock.At(1600*time.Millisecond), call.To, call.ID, &reply, node.OK, out)
	require.False(t, s.probe.pending)
	s.Wake(clock.At(2*time.Second), PeriodTimer, out)
	require.Equal(t, Alive, s.State(call.To))
}

// A stream that fails, or is answered with anything but the ack of this probe, changes nothing.
func TestFailedStreamIsNoAnswer(t *testing.T) {
	s, call, out := streaming(t)
	good := Message{Kind: Ack, Sequence: s.probe.sequence, Target: s.probe.target}
	for _, failure := range []node.Failure{node.Timeout, node.Refused} {
		s.Returned(clock.At(1600*time.Millisecond), call.To, call.ID, nil, failure, out)
	}
	for _, spoil := range []func(m *Message){
		func(m *Message) { m.Kind = Nack }, func(m *Message) { m.Kind = SyncReply },
		func(m *Message) { m.Sequence-- }, func(m *Message) { m.Target++ },
	} {
		bad := good
		spoil(&bad)
		s.Returned(clock.At(1600*time.Millisecond), call.To, call.ID, &bad, node.OK, out)
	}
	require.True(t, s.probe.pending)
	s.Wake(clock.At(2*time.Second), PeriodTimer, out)
	require.Equal(t, Suspect, s.State(call.To))

	s.Returned(clock.At(2*time.Second), call.To, call.ID, &good, node.OK, out)
	require.Equal(t, Suspect, s.State(call.To), "too late: it has to refute")
}

// A ping on a stream is answered by whom it means, and by nobody who has left.
func TestStreamPingsAreAnswered(t *testing.T) {
	s, out := grouped(Lan(), 8)
	var reply Message
	require.False(t, s.Serve(0, 5, &Message{Kind: Ping, Origin: 5, Target: 1}, &reply, out))
	require.True(t, s.Serve(0, 5, &Message{Kind: Ping, Origin: 5, Sequence: 9}, &reply, out))
	require.Equal(t, Message{Kind: Ack, Origin: 5, Sequence: 9}, reply)
	s.Leave(0, out)
	require.False(t, s.Serve(0, 5, &Message{Kind: Ping, Origin: 5}, &reply, out))
}

// Calls are numbered below 1<<31: exchanges below 1<<30, probes from there on, however high the
// counters run.
func TestCallsAreNumberedApart(t *testing.T) {
	for _, counter := range []uint32{0, 1<<30 - 2, 1<<30 - 1, 1 << 30, 1<<31 - 1, 1<<32 - 2, 1<<32 - 1} {
		s, out := grouped(Lan(), 8)
		s.probe.sequence, s.exchange.begun = counter, node.CallID(counter)
		s.Wake(clock.At(time.Second), PeriodTimer, out)
		s.Wake(clock.At(1500*time.Millisecond), ProbeTimer, out)
		s.Wake(clock.At(1600*time.Millisecond), SyncTimer, out)
		require.Len(t, out.Calls, 2)
		require.GreaterOrEqual(t, out.Calls[0].ID, node.CallID(1<<30))
		require.Less(t, out.Calls[0].ID, node.CallID(1<<31))
		require.Less(t, out.Calls[1].ID, node.CallID(1<<30))
	}
}
