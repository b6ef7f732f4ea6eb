package swim

import (
	"slices"
	"time"

	"butterfly/node"
)

// hop is how long a datagram takes, and each direction of a stream.
const hop = time.Millisecond

// A packet is one datagram, or one direction of a stream call.
type packet struct {
	from   *actor
	to     node.ID
	m      *Message
	stream bool
	lost   bool
}

// A rule reports whether a packet from one actor to another gets lost.
type rule func(p packet, to *actor) bool

// send delivers a datagram to every actor that uses the ID.
func (s *stage) send(p packet) {
	var reached []*actor
	for _, to := range s.actors {
		if to.id == p.to && to != p.from && !s.loses(p, to) {
			reached = append(reached, to)
		}
	}
	p.lost = len(reached) == 0
	s.onSend(p)
	for _, to := range reached {
		s.after(hop, to, anyLife, func() { to.member.Receive(s.now, p.from.id, p.m, &to.out) })
	}
}

// forge delivers a claim to an ID that nobody has made, on gossip from a stranger.
func (s *stage) forge(to node.ID, u Update) {
	m := &Message{Kind: Gossip}
	m.add(u, nil)
	s.send(packet{from: &actor{name: "forger", id: node.Nobody}, to: to, m: m})
}

// call makes a stream request to the actor that uses the ID, the last one if there are several.
func (s *stage) call(from *actor, c *node.Call[Message]) {
	pending := true
	end := func(reply *Message, failure node.Failure) func() {
		return func() {
			if pending {
				pending = false
				from.member.Returned(s.now, c.To, c.ID, reply, failure, &from.out)
			}
		}
	}
	life := from.life
	s.after(c.Timeout, from, life, end(nil, node.Timeout))
	to := s.listener(c.To)
	request := packet{from: from, to: c.To, m: &c.Message, stream: true}
	request.lost = to == nil || s.loses(request, to)
	s.onSend(request)
	if request.lost {
		return
	}
	s.after(hop, to, anyLife, func() {
		answer := packet{from: to, to: from.id, m: new(Message), stream: true}
		if !to.member.Serve(s.now, from.id, request.m, answer.m, &to.out) {
			s.after(hop, from, life, end(nil, node.Refused))
			return
		}
		s.carryOut(to) // what it finds in the request comes before the answer
		answer.lost = s.loses(answer, from)
		s.onSend(answer)
		if !answer.lost {
			s.after(hop, from, life, end(answer.m, node.OK))
		}
	})
}

// listener returns the last actor that uses an ID, nil if none does.
func (s *stage) listener(id node.ID) (last *actor) {
	for _, a := range s.actors {
		if a.id == id && a.up() {
			last = a
		}
	}
	return last
}

// between returns the rule that two sides do not reach each other.
func (s *stage) between(left, right []string) rule {
	return func(p packet, to *actor) bool {
		return slices.Contains(left, p.from.name) && slices.Contains(right, to.name) ||
			slices.Contains(right, p.from.name) && slices.Contains(left, to.name)
	}
}

func (s *stage) loses(p packet, to *actor) bool {
	return !to.up() || slices.ContainsFunc(s.rules, func(r rule) bool { return r(p, to) })
}
