package raft

import (
	"slices"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/scenarios/rivals/raft/voter"
	"butterfly/scenarios/rivals/station"
	"butterfly/sim/clock"
)

// follower is what every server keeps of the log, as a client of the voters: the news it was told,
// what it wants to be in the log, and its lease.
type follower struct {
	agreed
	index uint64     // up to where it knows the log
	lease clock.Time // until when this server checks

	orders  []order  // of operators, until the log has them
	reports []uint32 // origins of which the log may not have what was found here
	waiting []bool   // by origin: it is among reports

	call   node.CallID
	asked  clock.Time // when the poll under way began
	busy   bool       // a poll is under way
	again  bool       // there is something to tell that came up since it began
	target node.ID    // who is thought to lead
}

// order is what an operator says.
type order struct {
	change
	asked bool // a poll has told it
}

func newFollower(config *station.Config) follower {
	return follower{agreed: newAgreed(config), waiting: make([]bool, config.Origins)}
}

// poll asks who is thought to lead for news, and tells what it should put into the log.
func (s *Server) poll(now clock.Time, out *effects) {
	if s.busy {
		return
	}
	s.call = (s.call + 1) % voter.FirstCall
	s.asked, s.busy, s.again = now, true, false
	s.pollAt(now.Add(s.config.Poll), out)
	if s.target != s.self {
		s.ask(out.Call(s.target, s.call, s.config.Timeout))
		return
	}
	request, reply := Message{}, Message{}
	s.ask(&request)
	s.polled(now, s.self, &request, &reply, out)
	s.told(now, s.self, &reply, out)
}

// pollNow polls at once, or as soon as the poll under way is over.
func (s *Server) pollNow(now clock.Time, out *effects) {
	s.again = true
	s.poll(now, out)
}

func (s *Server) pollAt(at clock.Time, out *effects) { out.Alarm(timerPoll, at) }

// ask fills in a poll.
func (s *Server) ask(m *Message) {
	m.Kind, m.Index = Poll, s.index
	for i := range s.orders {
		s.orders[i].asked = true
		m.Body = appendChange(m.Body, s.orders[i].change)
	}
	s.reports = slices.DeleteFunc(s.reports, func(number uint32) bool {
		s.waiting[number] = s.differs(number)
		return !s.waiting[number]
	})
	for _, number := range s.reports {
		status := uint16(s.station.Status(number))
		m.Body = appendChange(m.Body, change{found, number, status})
	}
}

// differs reports whether this server knows something of an origin that the log does not have.
func (s *Server) differs(number uint32) bool {
	return s.station.Checking(number) && s.station.Status(number) != health.Unknown &&
		s.station.Status(number) != s.status[number]
}

// report sees to it that the log gets what was found of an origin, and reports whether that is new.
func (s *Server) report(number uint32) bool {
	if s.waiting[number] || !s.differs(number) {
		return false
	}
	s.waiting[number] = true
	s.reports = append(s.reports, number)
	return true
}

// want sees to it that the log gets what an operator says: of each origin, the last thing said.
func (s *Server) want(c change) {
	s.orders = slices.DeleteFunc(s.orders, func(o order) bool { return o.number == c.number })
	s.orders = append(s.orders, order{change: c})
}

// fulfil forgets orders that the log has. Those that no poll has told are newer than anything in
// it.
func (s *Server) fulfil(has func(change) bool) {
	s.orders = slices.DeleteFunc(s.orders, func(o order) bool { return o.asked && has(o.change) })
}

// told ends a poll; reply is nil if it failed.
func (s *Server) told(now clock.Time, from node.ID, reply *Message, out *effects) {
	s.busy = false
	switch {
	case reply == nil:
		s.target = (from + 1) % node.ID(s.log.Voters)
	case reply.Kind == Denied:
		s.denied(from, reply.Leader)
	case reply.Kind == Granted || reply.Kind == GrantedWhole:
		s.granted(now, reply, out)
		// The next poll may have come due while this one was under way, and passed unused.
		s.pollAt(max(now, s.asked.Add(s.config.Poll)), out)
		return
	}
	s.pollAt(now.Add(s.config.Retry), out)
}

// denied goes to who leads, or to the next one if nobody knows.
func (s *Server) denied(from, leader node.ID) {
	s.target = leader
	if int(leader) >= s.log.Voters {
		s.target = (from + 1) % node.ID(s.log.Voters)
	}
}

// granted takes the news, and the lease, which began when the poll did.
func (s *Server) granted(now clock.Time, reply *Message, out *effects) {
	held := now < s.lease
	s.lease = s.asked.Add(s.config.Lease)
	out.Alarm(timerLease, s.lease)
	moved := !held
	if reply.Kind == GrantedWhole {
		s.replace(now, reply.Body)
		moved = true
	} else {
		eachChange(reply.Body, func(c change) { moved = s.learn(now, c) || moved })
	}
	s.index = reply.Index
	s.fulfil(s.has) // somebody else may have wanted the same
	if moved {
		s.station.Peers(max(0, s.shares.Count()-1))
		s.reassign(now)
	}
	s.station.BecomeReady()
	if s.again {
		s.poll(now, out)
	}
}

// learn takes one change from the log, and reports whether it is one of who takes part.
func (s *Server) learn(now clock.Time, c change) (moved bool) {
	if !s.fits(c) {
		return false
	}
	s.make(c)
	s.fulfil(func(order change) bool { return order == c })
	switch c.what {
	case joined:
		return s.shares.Join(node.ID(c.number))
	case parted:
		return s.shares.Part(node.ID(c.number))
	}
	s.look(now, c.number)
	return false
}

// replace takes all there is in place of what this server knew.
func (s *Server) replace(now clock.Time, state []byte) {
	if !s.agreed.parse(state) {
		return
	}
	for server, takes := range s.servers {
		if takes {
			s.shares.Join(node.ID(server))
		} else {
			s.shares.Part(node.ID(server))
		}
	}
	for number := range s.values {
		s.look(now, uint32(number))
	}
}

// stop ends all checks when the lease is over. What this server has found and could tell nobody it
// goes on believing: the log is no newer than that.
func (s *Server) stop(now clock.Time) {
	for number := range s.values {
		if now >= s.lease {
			s.station.Release(uint32(number))
		}
	}
}

// reassign begins and ends checks, by who takes part and by the lease.
func (s *Server) reassign(now clock.Time) {
	for number := range s.values {
		s.look(now, uint32(number))
	}
}

// look does for one origin what is known of it: whether and how it is to be checked, by whom, and
// what was found.
func (s *Server) look(now clock.Time, number uint32) {
	if definition, registered := s.values[number].Definition(); registered {
		s.station.Register(now, number, definition)
	} else {
		s.station.Unregister(now, number)
	}
	if s.shares.Owner(number) == s.self && now < s.lease {
		s.station.Assign(now, number)
	} else {
		s.station.Release(number)
	}
	s.station.Learn(now, number, s.status[number])
	s.report(number)
}
