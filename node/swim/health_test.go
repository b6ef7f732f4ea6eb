package swim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

// memberlist v0.7.0, awareness.go: the score runs from 0 to AwarenessMaxMultiplier-1 (Lifeguard's own
// LHM from 0 to 8), and the interval is multiplied by the score plus one.
func TestHealthIsASaturatingCounter(t *testing.T) {
	var h localHealth
	h.note(-1, 8)
	require.Zero(t, h)
	require.Equal(t, time.Second, h.stretch(time.Second))
	h.note(3, 8)
	require.Equal(t, 4*time.Second, h.stretch(time.Second))
	h.note(200, 8)
	require.Equal(t, 8*time.Second, h.stretch(time.Second))
	h.note(-2, 8)
	require.Equal(t, 6*time.Second, h.stretch(time.Second))

	for _, off := range []int{0, 1} {
		var none localHealth
		none.note(5, off)
		require.Equal(t, time.Second, none.stretch(time.Second))
	}
}

// failing runs one probe of member 0 of n to its verdict: the given number of its helpers nack, and
// the target does not answer. It returns the local health, which was 0.
func failing(t *testing.T, config Config, n, nacks int) localHealth {
	s, out := grouped(config, n)
	s.Wake(clock.At(time.Second), PeriodTimer, out)
	target, sequence := s.probe.target, s.probe.sequence
	out.Reset()
	s.Wake(clock.At(1500*time.Millisecond), ProbeTimer, out)
	require.Len(t, out.Sends, min(config.IndirectProbes, n-2))
	for range nacks {
		nack := Message{Kind: Nack, Origin: 0, Target: target, Sequence: sequence}
		s.Receive(clock.At(1900*time.Millisecond), out.Sends[0].To, &nack, out)
	}
	s.Wake(clock.At(2*time.Second), PeriodTimer, out)
	require.Equal(t, Suspect, s.State(target))
	return s.health
}

// Lifeguard, section IV.A: "failed probe: +1; probe with a missed nack: +1"; in memberlist v0.7.0,
// probeNode, the number of missing nacks, none if all came, and 1 if no helper can send any.
func TestWhatCountsAgainstOurHealth(t *testing.T) {
	config := Lan()
	for nacks := range 4 {
		require.EqualValues(t, 3-nacks, failing(t, config, 8, nacks), "%d nacks of 3", nacks)
	}
	require.Zero(t, failing(t, config, 8, 9), "more nacks than helpers are no merit")
	require.EqualValues(t, 2, failing(t, config, 4, 0), "of two helpers")
	require.EqualValues(t, 1, failing(t, config, 2, 0), "nobody to ask")
	config.NackPercent = 0
	require.EqualValues(t, 1, failing(t, config, 8, 0), "nobody promised a nack")
	config.LocalHealthMax = 1
	require.Zero(t, failing(t, config, 8, 0), "switched off")
}

// Lifeguard, section IV.A: "refuting a suspicion about self: +1; successful probe: -1".
func TestRefutingCountsAndAnswersHeal(t *testing.T) {
	s, out := grouped(Lan(), 4)
	for i := range localHealth(3) {
		s.hear(0, claim(0, Suspect, s.Incarnation()), nil, out)
		require.Equal(t, i+1, s.health)
	}
	s.hear(0, claim(0, Suspect, s.Incarnation()-1), nil, out)
	require.EqualValues(t, 3, s.health, "one that is refuted already does not count")

	s.Wake(clock.At(time.Second), PeriodTimer, out)
	ack := Message{Kind: Ack, Target: s.probe.target, Sequence: s.probe.sequence}
	s.Receive(clock.At(time.Second), s.probe.target, &ack, out)
	s.Receive(clock.At(time.Second), s.probe.target, &ack, out)
	require.EqualValues(t, 2, s.health, "an answer counts once")
}

// Lifeguard, section IV.A: the probe interval is multiplied by the health score plus one; memberlist
// v0.7.0 leaves the probe timeout alone and skips the ticks that a probe overruns.
func TestSlowMembersProbeSlowly(t *testing.T) {
	s, out := grouped(Lan(), 8)
	s.health = 2
	s.Wake(clock.At(time.Second), PeriodTimer, out)
	require.Equal(t, clock.At(1500*time.Millisecond), s.probe.timeout)
	require.Equal(t, clock.At(4*time.Second), s.probe.verdict)
	first := s.probe
	for tick := 2; tick < 4; tick++ {
		out.Reset()
		s.Wake(clock.At(time.Duration(tick)*time.Second), PeriodTimer, out)
		require.Equal(t, first, s.probe)
		require.Empty(t, out.Sends)
		require.Empty(t, out.Events)
	}
	s.Wake(clock.At(4*time.Second), PeriodTimer, out)
	require.Equal(t, Suspect, s.State(first.target))
	require.Equal(t, first.sequence+1, s.probe.sequence, "the next begins with the verdict")
	require.Equal(t, node.ProbeFailed, out.Events[0].Kind)

	// An answer frees the next tick, even within the longer time.
	ack := Message{Kind: Ack, Target: s.probe.target, Sequence: s.probe.sequence}
	s.Receive(clock.At(4*time.Second), s.probe.target, &ack, out)
	s.Wake(clock.At(5*time.Second), PeriodTimer, out)
	require.Equal(t, first.sequence+2, s.probe.sequence)
}

// One crash among healthy members costs nobody's health when helpers nack after 80 % of the timeout.
// With memberlist's rules the nacks come after the end of the first interval: too late to count.
func TestNacksInTimeSpareTheHealthy(t *testing.T) {
	for _, row := range []struct {
		config  Config
		healthy bool
	}{{Lan(), true}, {Lan().MemberlistRules(), false}} {
		row.config.Seeds = []node.ID{0}
		c := formed(t, 8, row.config, 17)
		c.crash(5)
		worst := localHealth(0)
		for range 60 {
			c.run(100 * time.Millisecond)
			for id := range node.ID(8) {
				worst = max(worst, c.member(id).health)
			}
		}
		require.Positive(t, c.count(node.ProbeFailed, 5))
		require.Equal(t, row.healthy, worst == 0, "the worst is %d", worst)
	}
}
