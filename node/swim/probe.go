package swim

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// probe is the one probe of the running protocol period (SWIM, section 3.1).
type probe struct {
	target   node.ID
	sequence uint32
	pending  bool // begun and not acknowledged
}

// startProbing begins the first period at a random moment of an interval, so that members started
// together do not probe together.
func (s *Swim) startProbing(now clock.Time, out *effects) {
	// Acks still under way to an earlier life must not match a probe of this one.
	s.probe.sequence = uint32(rng.Mix(s.Generation()))
	out.Alarm(PeriodTimer, now.Add(s.partOf(s.config.ProbeInterval)))
}

// partOf returns a uniformly random span in [0, span).
func (s *Swim) partOf(span time.Duration) time.Duration {
	return time.Duration(s.rand.Below(uint64(span)))
}

// turnPeriod passes the verdict on the last period's target and probes the next.
func (s *Swim) turnPeriod(now clock.Time, out *effects) {
	out.Alarm(PeriodTimer, now.Add(s.config.ProbeInterval))
	s.judge(now, out)
	target, found := s.roster.advance(&s.members, &s.rand)
	if !found {
		return
	}
	s.probe = probe{target: target, sequence: s.probe.sequence + 1, pending: true}
	s.sendProbe(Ping, target, target, s.probe.sequence, s.self, out)
	out.Alarm(ProbeTimer, now.Add(s.config.ProbeTimeout))
}

// judge suspects the target if nothing has been heard from it, at the incarnation it was last heard
// at.
func (s *Swim) judge(now clock.Time, out *effects) {
	if !s.probe.pending {
		return
	}
	s.probe.pending = false
	held := s.members.at(s.probe.target)
	s.hear(now, Update{
		Member: s.probe.target, State: Suspect, From: s.self, Incarnation: held.incarnation,
	}, out)
}

// askHelpers sends the indirect probes when the direct one was not answered in time.
func (s *Swim) askHelpers(out *effects) {
	if !s.probe.pending {
		return
	}
	for _, helper := range s.choose(s.config.IndirectProbes, s.probe.target) {
		s.sendProbe(PingReq, helper, s.probe.target, s.probe.sequence, s.self, out)
	}
}

// onPing acknowledges a ping meant for us: an ID may have passed to another node since.
func (s *Swim) onPing(from node.ID, m *Message, out *effects) {
	if m.Target == s.self {
		s.sendProbe(Ack, from, m.Target, m.Sequence, m.Origin, out)
	}
}

// onPingReq pings on behalf of another. The ping carries all that is needed to pass its ack on, so
// a helper remembers nothing.
func (s *Swim) onPingReq(from node.ID, m *Message, out *effects) {
	if m.Origin == from && m.Target != s.self && s.accepts(m.Target) {
		s.sendProbe(Ping, m.Target, m.Target, m.Sequence, m.Origin, out)
	}
}

// onAck ends our own probe, or passes an ack on to the member we helped.
func (s *Swim) onAck(from node.ID, m *Message, out *effects) {
	switch {
	case m.Origin != s.self:
		if m.Target == from && s.accepts(m.Origin) {
			s.sendProbe(Ack, m.Origin, m.Target, m.Sequence, m.Origin, out)
		}
	case s.probe.pending && m.Sequence == s.probe.sequence && m.Target == s.probe.target:
		s.probe.pending = false
		out.Alarm(ProbeTimer, clock.Never)
	}
}

func (s *Swim) sendProbe(
	kind Kind, to, target node.ID, sequence uint32, origin node.ID, out *effects,
) {
	m := out.Send(to)
	m.Kind, m.Sequence, m.Origin, m.Target = kind, sequence, origin, target
	s.piggyback(to, m)
}

// choose returns up to count distinct random members held alive, without one. The result is valid
// until the next call.
func (s *Swim) choose(count int, without node.ID) []node.ID {
	s.scratch = s.scratch[:0]
	for _, id := range s.members.live {
		if id != without && s.members.entries[id].state == Alive {
			s.scratch = append(s.scratch, id)
		}
	}
	count = min(count, len(s.scratch))
	for i := range count {
		j := i + s.rand.Intn(len(s.scratch)-i)
		s.scratch[i], s.scratch[j] = s.scratch[j], s.scratch[i]
	}
	return s.scratch[:count]
}
