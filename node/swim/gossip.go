package swim

import "butterfly/node"

// piggyback fills the updates of a datagram to one member. If we hold that member suspect or gone,
// this comes first, so that it can answer at once (Lifeguard's buddy system, which is about
// suspects alone).
func (s *Swim) piggyback(to node.ID, m *Message) {
	room := s.config.MaxUpdates
	if held := s.members.at(to); held.state == Suspect || held.state.gone() {
		m.Updates = append(m.Updates, s.members.update(to))
		room--
	}
	for _, n := range s.queue.take(room, uint32(s.config.RetransmitLimit(s.Len()))) {
		m.Updates = append(m.Updates, s.members.update(n.member))
	}
}

// contradict answers an accusation to who passed it on, who may not hear of our refutation in time
// otherwise. A ping is not answered once more, for its ack has said it. Nor is gossip, or two
// members that cannot convince each other would never stop.
func (s *Swim) contradict(accuser node.ID, kind Kind, out *effects) {
	if kind != Ack && kind != PingReq {
		return
	}
	m := out.Send(accuser)
	m.Kind = Gossip
	s.piggyback(accuser, m)
}

// depart tells as many random members as an update has sends that this one goes: each passes it on,
// so any one of them is enough.
func (s *Swim) depart(out *effects) {
	limit := s.config.RetransmitLimit(s.Len())
	s.departed = true
	s.members.announce(s.self, Left, s.incarnation)
	goodbye := s.members.update(s.self)
	for _, id := range s.choose(limit, node.Nobody) {
		m := out.Send(id)
		m.Kind = Gossip
		m.Updates = append(m.Updates, goodbye)
	}
	observe(node.MemberLeft, goodbye, out)
}

// answerDeparted acknowledges a ping with the news that we left.
func (s *Swim) answerDeparted(from node.ID, m *Message, out *effects) {
	if m.Kind != Ping || m.Target != s.self {
		return
	}
	ack := out.Send(from)
	ack.Kind, ack.Sequence, ack.Origin, ack.Target = Ack, m.Sequence, m.Origin, m.Target
	ack.Updates = append(ack.Updates, s.members.update(s.self))
}
