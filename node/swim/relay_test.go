package swim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

// helped asks member 0 to probe member 5 for member 4.
func helped(s *Swim, now clock.Time, sequence uint32, out *effects) {
	out.Reset()
	s.Receive(now, 4, &Message{Kind: PingReq, Sequence: sequence, Origin: 4, Target: 5}, out)
}

// Lifeguard, section IV.A: a helper sends a nack "at 80% of the timeout" unless it has an ack by then.
func TestHelperNacksInTime(t *testing.T) {
	s, out := grouped(Lan(), 8)
	helped(s, 0, 7, out)
	at, set := out.Alarmed(ProbeTimer)
	require.True(t, set)
	require.Equal(t, clock.At(400*time.Millisecond), at)

	helped(s, clock.At(100*time.Millisecond), 8, out)
	out.Reset()
	s.Wake(at, ProbeTimer, out)
	require.Len(t, out.Sends, 1)
	require.Equal(t, node.ID(4), out.Sends[0].To)
	require.Equal(t, Message{Kind: Nack, Sequence: 7, Origin: 4, Target: 5},
		withoutMemory(out.Sends[0].Message))
	next, _ := out.Alarmed(ProbeTimer)
	require.Equal(t, clock.At(500*time.Millisecond), next, "each request has its own time")

	out.Reset()
	s.Receive(next, 5, &Message{Kind: Ack, Sequence: 8, Origin: 4, Target: 5}, out)
	next, _ = out.Alarmed(ProbeTimer)
	require.Equal(t, clock.Never, next, "who has an ack promises no nack")
	s.Wake(clock.At(time.Second), ProbeTimer, out)
	require.Len(t, out.Sends, 1, "the ack passed on, and nothing else")
}

// withoutMemory makes a message equal to one that never held anything.
func withoutMemory(m Message) Message {
	m.Updates, m.Broadcasts, m.Bytes = nil, nil, nil
	return m
}

func TestNoNacksWhereThereAreNone(t *testing.T) {
	config := Lan()
	config.NackPercent = 0
	s, out := grouped(config, 8)
	helped(s, 0, 7, out)
	require.Len(t, out.Sends, 1, "it helps")
	require.Empty(t, s.relays)
	_, set := out.Alarmed(ProbeTimer)
	require.False(t, set)
}

// Beyond 256 requests at once helping goes on, but no more nacks are promised.
func TestRelaysAreBounded(t *testing.T) {
	s, out := grouped(Lan(), 8)
	for i := range uint32(1000) {
		helped(s, 0, i, out)
		require.Len(t, out.Sends, 1)
	}
	require.Len(t, s.relays, 256)
	out.Reset()
	s.Wake(clock.At(400*time.Millisecond), ProbeTimer, out)
	require.Len(t, out.Sends, 256)
	require.Empty(t, s.relays)
	s.Wake(clock.At(400*time.Millisecond), ProbeTimer, out)
	require.Len(t, out.Sends, 256)
}

// Our own probe and the relays share one alarm: it is set for the earliest.
func TestOneAlarmForProbeAndRelays(t *testing.T) {
	s, out := grouped(Lan(), 8)
	s.Wake(clock.At(time.Second), PeriodTimer, out)
	helped(s, clock.At(1050*time.Millisecond), 7, out)
	at, _ := out.Alarmed(ProbeTimer)
	require.Equal(t, clock.At(1450*time.Millisecond), at, "the nack")
	out.Reset()
	s.Wake(at, ProbeTimer, out)
	at, _ = out.Alarmed(ProbeTimer)
	require.Equal(t, clock.At(1500*time.Millisecond), at, "our own timeout")
	require.Equal(t, Nack, out.Sends[0].Message.Kind)
	out.Reset()
	s.Wake(at, ProbeTimer, out)
	at, _ = out.Alarmed(ProbeTimer)
	require.Equal(t, clock.Never, at)
	require.Len(t, out.Sends, 3, "three helpers")
}

// A nack of another probe, or after the verdict, is nothing to us.
func TestForeignNacksDoNotCount(t *testing.T) {
	s, out := grouped(Lan(), 8)
	s.Wake(clock.At(time.Second), PeriodTimer, out)
	s.Wake(clock.At(1500*time.Millisecond), ProbeTimer, out)
	good := Message{Kind: Nack, Sequence: s.probe.sequence, Origin: 0, Target: s.probe.target}
	for _, spoil := range []func(m *Message){
		func(m *Message) { m.Sequence++ },
		func(m *Message) { m.Target++ },
		func(m *Message) { m.Origin++ },
	} {
		bad := good
		spoil(&bad)
		s.Receive(clock.At(1600*time.Millisecond), 3, &bad, out)
		require.EqualValues(t, 3, s.probe.helpers)
	}
	s.Receive(clock.At(1600*time.Millisecond), 3, &good, out)
	require.EqualValues(t, 2, s.probe.helpers)
	s.Wake(clock.At(2*time.Second), PeriodTimer, out)
	require.EqualValues(t, 2, s.health)
	s.Receive(clock.At(2*time.Second), 3, &good, out)
	require.EqualValues(t, 2, s.health, "too late")
}
