package swim

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// probe is the one probe of the running protocol period (SWIM, section 3.1). With local health it
// may take several.
type probe struct {
	target   node.ID
	sequence uint32
	pending  bool       // begun and not acknowledged
	timeout  clock.Time // when helpers are asked; Never when they have been
	verdict  clock.Time
	asked    uint8 // helpers
	helpers  uint8 // of these, not heard from
}

// startProbing begins the first period at a random moment of an interval, so that members started
// together do not probe together.
func (s *Swim) startProbing(now clock.Time, out *effects) {
	// Acks still under way to an earlier life must not match a probe of this one.
	s.probe = probe{sequence: uint32(rng.Mix(s.Generation())), timeout: clock.Never}
	s.setPeriod(now.Add(s.partOf(s.config.ProbeInterval)), out)
}

// partOf returns a uniformly random span in [0, span).
func (s *Swim) partOf(span time.Duration) time.Duration {
	return time.Duration(s.rand.Below(uint64(span)))
}

func (s *Swim) setPeriod(at clock.Time, out *effects) {
	s.period = at
	out.Alarm(PeriodTimer, at)
}

// turnPeriod passes the verdict on the last target, if it is time, and probes the next.
func (s *Swim) turnPeriod(now clock.Time, out *effects) {
	if s.hung(now) {
		if now >= s.probe.verdict {
			s.probe.sequence++ // an ack that has waited comes too late
		}
		s.setPeriod(now.Add(1), out)
		return
	}
	away := s.comeBack(now, s.period)
	s.setPeriod(now.Add(s.config.ProbeInterval), out)
	if s.probe.pending {
		if now < s.probe.verdict {
			s.owed = true
			return
		}
		s.judge(now, away, out)
	}
	s.beginProbe(now, out)
}

// hung reports whether a period ends so late that this member hung in its sends, and does not ask
// itself whether it was away. Then what has waited for it is handled before its verdict. In
// memberlist v0.7.0 that is for the scheduler to decide, but its probe is a goroutine that has more
// sends to go when the first returns, while another answers the pings. Were the verdict first, all
// of those answers would spread an accusation that the member has made up.
func (s *Swim) hung(now clock.Time) bool {
	return !s.config.SelfDoubt && now.Sub(s.period) >= s.config.ProbeInterval
}

func (s *Swim) beginProbe(now clock.Time, out *effects) {
	target, found := s.members.advance(&s.rand)
	if !found {
		return
	}
	s.probe = probe{
		target: target, sequence: s.probe.sequence + 1, pending: true,
		timeout: now.Add(s.config.ProbeTimeout),
		verdict: now.Add(s.health.stretch(s.config.ProbeInterval)),
	}
	s.sendProbe(Ping, target, target, s.probe.sequence, s.self, out)
	s.setProbeAlarm(out)
	out.Emit(node.Event{Kind: node.MemberProbed, Subject: uint32(target)})
}

// judge accuses the target from which nothing has been heard, at the incarnation it was last heard
// at. Who was away itself has no right to.
func (s *Swim) judge(now clock.Time, away bool, out *effects) {
	s.probe.pending = false
	s.failedProbe()
	if away {
		return
	}
	target := s.probe.target
	held := s.members.at(target)
	before := uint64(0)
	if held.state == Alive {
		before = 1
	}
	out.Emit(node.Event{Kind: node.ProbeFailed, Subject: uint32(target), A: before})
	accusation := Update{
		Member: target, State: Suspect, From: s.self, Incarnation: held.incarnation,
	}
	if s.config.SuspicionMult == 0 {
		accusation.State = Dead
	}
	s.hear(now, accusation, nil, out)
}

// failedProbe lowers our own health by the helpers that have been silent too.
func (s *Swim) failedProbe() {
	delta := int(s.probe.helpers)
	if s.config.NackPercent == 0 || s.probe.asked == 0 {
		delta = 1
	}
	s.health.note(delta, s.config.LocalHealthMax)
}

// answered ends our own probe. A period that has passed over a longer one is made up for, as by a
// ticker of Go, which keeps one tick.
func (s *Swim) answered(now clock.Time, out *effects) {
	s.probe.pending, s.probe.timeout = false, clock.Never
	s.health.note(-1, s.config.LocalHealthMax)
	s.setProbeAlarm(out)
	if s.owed {
		s.owed = false
		s.beginProbe(now, out)
	}
}

// passProbeTimer asks helpers when the direct ping was not answered in time, and tells those that
// we help what we have not heard.
func (s *Swim) passProbeTimer(now clock.Time, out *effects) {
	if s.probe.timeout <= now {
		s.probe.timeout = clock.Never
		if s.probe.pending {
			s.askHelpers(now, out)
		}
	}
	s.sendNacks(now, out)
	s.setProbeAlarm(out)
}

// setProbeAlarm sets ProbeTimer to the earlier of our own timeout and the next nack.
func (s *Swim) setProbeAlarm(out *effects) {
	out.Alarm(ProbeTimer, min(s.probe.timeout, s.nextNack()))
}

// askHelpers sends the indirect probes, and one on a stream.
func (s *Swim) askHelpers(now clock.Time, out *effects) {
	helpers := s.choose(s.config.IndirectProbes, s.probe.target)
	s.probe.helpers = uint8(len(helpers))
	s.probe.asked = s.probe.helpers
	for _, helper := range helpers {
		s.sendProbe(PingReq, helper, s.probe.target, s.probe.sequence, s.self, out)
	}
	if s.config.StreamProbe && s.probe.verdict > now {
		call := streamCall | node.CallID(s.probe.sequence)&^callKinds
		m := out.Call(s.probe.target, call, s.probe.verdict.Sub(now))
		m.Kind, m.Sequence = Ping, s.probe.sequence
		m.Origin, m.Target = s.self, s.probe.target
	}
}

// onPing acknowledges a ping meant for us: an ID may have passed to another node since.
func (s *Swim) onPing(from node.ID, m *Message, out *effects) {
	if m.Target == s.self {
		s.sendProbe(Ack, from, m.Target, m.Sequence, m.Origin, out)
	}
}

// onAck ends our own probe, or passes an ack on to the member we helped.
func (s *Swim) onAck(now clock.Time, from node.ID, m *Message, out *effects) {
	switch {
	case m.Origin != s.self:
		s.passAck(from, m, out)
	case s.matches(m):
		s.answered(now, out)
	}
}

// onNack notes that a helper is there: if it hears nothing either, the fault is not ours. One that
// arrives twice counts twice, which makes us look a little healthier than we are.
func (s *Swim) onNack(m *Message) {
	if m.Origin == s.self && s.matches(m) && s.probe.helpers > 0 {
		s.probe.helpers--
	}
}

// onStreamAck ends our own probe by the stream, or finds that the stream failed too.
func (s *Swim) onStreamAck(
	now clock.Time, reply *Message, failure node.Failure, out *effects,
) {
	if failure == node.OK && reply.Kind == Ack && s.matches(reply) {
		s.answered(now, out)
	}
}

// matches reports whether m is about the probe under way.
func (s *Swim) matches(m *Message) bool {
	return s.probe.pending && m.Sequence == s.probe.sequence && m.Target == s.probe.target
}

func (s *Swim) sendProbe(
	kind Kind, to, target node.ID, sequence uint32, origin node.ID, out *effects,
) {
	m := out.Send(to)
	m.Kind, m.Sequence, m.Origin, m.Target = kind, sequence, origin, target
	s.piggyback(to, m)
}
