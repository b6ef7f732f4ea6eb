package swim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// "What has waited for it is handled before its verdict": the ack to a ping that waited carries
// nothing yet, and the accusation comes with the next alarm. An ack that waited is no help:
// memberlist gives up its ack handler when the time is over, whoever hangs (v0.7.0,
// setProbeChannels).
func TestMemberThatHungAnswersBeforeItAccuses(t *testing.T) {
	s, out := grouped(Lan().MemberlistRules(), 10)
	s.Wake(s.period, PeriodTimer, out) // begins a probe, which stays unanswered
	target, sequence := s.probe.target, s.probe.sequence
	back := s.period.Add(10 * time.Second)
	out.Reset()

	s.Wake(back, PeriodTimer, out)
	s.Receive(back, 5, &Message{Kind: Ping, Sequence: 7, Origin: 5, Target: 0}, out)
	s.Receive(back, target, &Message{
		Kind: Ack, Sequence: sequence, Origin: 0, Target: target,
	}, out)
	require.Len(t, out.Sends, 1)
	require.Empty(t, out.Sends[0].Message.Updates)
	require.Equal(t, Alive, s.State(target))

	at, set := out.Alarmed(PeriodTimer)
	require.True(t, set)
	require.Equal(t, back.Add(1), at)
	s.Wake(at, PeriodTimer, out)
	require.Equal(t, Suspect, s.State(target))
}

// An alarm that is a little late, as all are on a real clock, is handled at once.
func TestMemberThatIsALittleLateDoesNotWait(t *testing.T) {
	s, out := grouped(Lan().MemberlistRules(), 10)
	s.Wake(s.period, PeriodTimer, out)
	target := s.probe.target
	s.Wake(s.period.Add(s.config.ProbeInterval-1), PeriodTimer, out)
	require.Equal(t, Suspect, s.State(target))
}

// While local health leaves the probe time an ack that has waited is in time.
func TestAckThatWaitedCountsBeforeTheVerdict(t *testing.T) {
	s, out := grouped(Lan().MemberlistRules(), 10)
	s.health = 3
	s.Wake(s.period, PeriodTimer, out)
	target, sequence := s.probe.target, s.probe.sequence
	back := s.period.Add(1100 * time.Millisecond)
	s.Wake(back, PeriodTimer, out)
	s.Receive(back, target, &Message{
		Kind: Ack, Sequence: sequence, Origin: 0, Target: target,
	}, out)
	require.False(t, s.probe.pending)
	require.EqualValues(t, 2, s.health)
}
