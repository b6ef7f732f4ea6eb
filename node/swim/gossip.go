package swim

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// What the parts of a datagram weigh at most: package wire tests that it is never more.
const (
	headerBytes    = 17
	updateBytes    = 15
	broadcastBytes = 13
)

// half is what news of members and broadcasts are each sure of on a datagram, whatever else is on it.
// What does not fit into that is not taken up, or it would wait at the head of a queue for ever.
func (c Config) half() int { return (c.DatagramBytes - headerBytes - updateBytes) / 2 }

func (c Config) metadataLimit() int { return min(MaxMetadata, c.half()-updateBytes) }

func (c Config) payloadLimit() int { return min(MaxPayload, c.half()-broadcastBytes) }

// publish has the news about a member passed on, unless it is not ours to tell.
func (s *Swim) publish(now clock.Time, u Update, out *effects) {
	if s.config.Multicast {
		s.multicast(u, out)
		return
	}
	s.queue.put(u.Member)
	s.armGossip(now, out)
}

// multicast tells everybody at once what we found out ourselves.
func (s *Swim) multicast(u Update, out *effects) {
	if u.From != s.self {
		return
	}
	for _, id := range s.members.order {
		m := out.Send(id)
		m.Kind = Gossip
		s.members.appendTo(m, u.Member)
	}
}

// armGossip sets the alarm for the next round while there is news, on a grid of this member's own,
// so that when a member hears news does not decide when it passes it on.
func (s *Swim) armGossip(now clock.Time, out *effects) {
	interval := s.config.GossipInterval
	if interval == 0 || s.gossiping || s.queue.empty() && s.broadcasts.empty() {
		return
	}
	s.gossiping = true
	out.Alarm(GossipTimer, now.Add(interval-(now.Sub(s.gossipPhase)%interval)))
}

// gossipRound sends the news to GossipNodes random members. Where there is nobody, the news waits for
// the first who comes.
func (s *Swim) gossipRound(now clock.Time, out *effects) {
	s.gossiping = false
	if len(s.members.order) == 0 {
		return
	}
	for _, id := range s.chooseAudience(s.config.GossipNodes) {
		if s.queue.empty() && s.broadcasts.empty() {
			return
		}
		m := out.Send(id)
		m.Kind = Gossip
		s.piggyback(id, m)
	}
	s.armGossip(now, out)
}

// piggyback fills a datagram to one member with news. What the receiver is accused of comes first,
// so that it can answer at once: a suspect by Lifeguard's buddy system, one that is gone because
// nobody else would tell it. Waiting broadcasts get half of the room if they need it.
func (s *Swim) piggyback(to node.ID, m *Message) {
	room := s.config.DatagramBytes - headerBytes
	if s.mustAnswer(to) {
		s.members.appendTo(m, to)
		room -= updateBytes
	}
	if s.queue.empty() && s.broadcasts.empty() {
		return
	}
	limit := uint32(s.config.RetransmitLimit(s.size()))
	left := room - s.addNews(m, max(room/2, room-s.broadcasts.bytes), limit)
	s.broadcasts.take(m, left, limit)
}

// mustAnswer reports whether a member is to be told what is held against it. One that was forgotten
// and turns up again has to refute its death as well.
func (s *Swim) mustAnswer(id node.ID) bool {
	if s.members.forgotten == 0 && !s.members.concerned(id) {
		return false // without a look at the entry, which is far away
	}
	held := s.members.at(id)
	switch held.state {
	case Suspect:
		return s.config.Buddy
	case Dead, Left:
		return s.config.Contradict
	case Unknown:
		return s.config.Contradict && held.incarnation > 0
	}
	return false
}

// addNews adds as much news as fits into room bytes, and returns how many it used.
func (s *Swim) addNews(m *Message, room int, limit uint32) (used int) {
	s.queue.hold()
	for !s.queue.empty() && len(m.Updates) < MaxDatagramUpdates {
		id := s.queue.next()
		size := updateBytes + len(s.members.metadata[id])
		if used+size > room {
			break
		}
		used += size
		s.members.appendTo(m, id)
		s.queue.take(limit)
	}
	s.queue.release()
	return used
}

// contradict answers an accusation to who passed it on, who may not hear of our refutation in time
// otherwise. A ping is not answered once more, for its ack has said it. Nor is gossip, or two
// members that cannot convince each other would never stop.
func (s *Swim) contradict(accuser node.ID, kind Kind, out *effects) {
	if !s.config.Contradict || kind != Ack && kind != PingReq {
		return
	}
	m := out.Send(accuser)
	m.Kind = Gossip
	s.piggyback(accuser, m)
}

// depart tells as many random members as an update has sends that this one goes: each passes it on,
// so any one of them is enough. Where nobody passes anything on it tells all.
func (s *Swim) depart(out *effects) {
	s.members.set(s.self, Left, s.incarnation)
	goodbye := s.members.update(s.self)
	audience := s.members.order
	if !s.config.Multicast {
		audience = s.choose(s.config.RetransmitLimit(s.size()), node.Nobody)
	}
	for _, id := range audience {
		m := out.Send(id)
		m.Kind = Gossip
		m.add(goodbye, nil)
	}
	observe(node.MemberLeft, goodbye, uint64(s.self), out)
}

// answerDeparted acknowledges a ping with the news that we left.
func (s *Swim) answerDeparted(from node.ID, m *Message, out *effects) {
	if m.Kind != Ping || m.Target != s.self || s.yielded {
		return
	}
	ack := out.Send(from)
	ack.Kind, ack.Sequence, ack.Origin, ack.Target = Ack, m.Sequence, m.Origin, m.Target
	ack.add(s.members.update(s.self), nil)
}
