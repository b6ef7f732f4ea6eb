package swim

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// relay is a probe of another member's that we help with, until we hear from the target or say that
// we do not (Lifeguard, section IV.A). Acks need no relay: the ping has all that is needed to pass
// its ack on.
type relay struct {
	origin, target node.ID
	sequence       uint32
	nack           clock.Time
}

// maxRelays bounds the relays. Beyond it helping goes on, but no nacks are promised.
const maxRelays = 256

// onPingReq pings on behalf of another.
func (s *Swim) onPingReq(now clock.Time, from node.ID, m *Message, out *effects) {
	if m.Origin != from || m.Target == s.self || !s.accepts(m.Target) {
		return
	}
	s.sendProbe(Ping, m.Target, m.Target, m.Sequence, m.Origin, out)
	if s.config.NackPercent == 0 || len(s.relays) == maxRelays {
		return
	}
	wait := s.config.ProbeTimeout * time.Duration(s.config.NackPercent) / 100
	s.relays = append(s.relays, relay{m.Origin, m.Target, m.Sequence, now.Add(wait)})
	s.setProbeAlarm(out)
}

// passAck passes an ack on to the member we helped.
func (s *Swim) passAck(from node.ID, m *Message, out *effects) {
	if m.Target != from || !s.accepts(m.Origin) {
		return
	}
	s.sendProbe(Ack, m.Origin, m.Target, m.Sequence, m.Origin, out)
	for i, r := range s.relays {
		if r.origin == m.Origin && r.sequence == m.Sequence {
			s.relays = append(s.relays[:i], s.relays[i+1:]...)
			s.setProbeAlarm(out)
			return
		}
	}
}

// nextNack is when the first relay is due. They are in the order in which they came, and all wait
// equally long.
func (s *Swim) nextNack() clock.Time {
	if len(s.relays) == 0 {
		return clock.Never
	}
	return s.relays[0].nack
}

func (s *Swim) sendNacks(now clock.Time, out *effects) {
	due := 0
	for due < len(s.relays) && s.relays[due].nack <= now {
		r := &s.relays[due]
		s.sendProbe(Nack, r.origin, r.target, r.sequence, r.origin, out)
		due++
	}
	s.relays = append(s.relays[:0], s.relays[due:]...)
}
