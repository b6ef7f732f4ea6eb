package leader

import (
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/scenarios/rivals/station"
	"butterfly/sim/clock"
)

// lead is what a server knows as a leader.
//
// Invariant: version is 0 while the leader gathers, and then nobody has a share.
type lead struct {
	gathers clock.Time // until then
	version uint64     // of the assignment
	heard   []clock.Time
	shares  *station.Shares
	news    news
}

// becomeLeader begins a term. Its number is the moment in milliseconds, and more than that of the
// last one: a new life of a server, which has forgotten all numbers, takes none that it has used
// before.
func (s *Server) becomeLeader(now clock.Time, out *effects) {
	s.leader, s.term = s.self, max(s.term+1, station.Millis(now))
	s.lead = lead{
		gathers: now.Add(s.config.Gather),
		heard:   make([]clock.Time, s.config.Servers),
		shares:  station.NewShares(&s.config.Config),
		news:    newNews(2 * s.config.Origins),
	}
	for i := range s.registry.All() {
		s.lead.news.add(origin.Registration(s.registry.All()[i].Origin))
	}
	for number := range uint32(s.config.Origins) {
		if s.Status(number) != health.Unknown {
			s.lead.news.add(origin.Result(number))
		}
	}
	s.beat(out)
}

// beat shows the leader to all servers, and tells each when it would be its turn.
func (s *Server) beat(out *effects) {
	rank := uint32(0)
	for id := range node.ID(s.config.Servers) {
		if id == s.self {
			continue
		}
		m := out.Send(id)
		m.Kind, m.Term, m.Rank = Beat, s.term, rank
		if s.lead.version == 0 || s.lead.shares.Has(id) {
			rank++
		}
	}
}

// leadRound takes the silent for dead, hands out the work of those, and beats.
func (s *Server) leadRound(now clock.Time, stoodStill bool, out *effects) {
	l := &s.lead
	changed := false
	switch {
	case l.version == 0 && now >= l.gathers:
		changed = s.begin()
	case l.version > 0:
		changed = s.expire(now, stoodStill)
	}
	if changed {
		s.assign(now)
	}
	s.beat(out)
}

// begin ends the gathering: whoever has reported takes part.
func (s *Server) begin() (changed bool) {
	s.station.BecomeReady()
	for id, heard := range s.lead.heard {
		if heard > 0 {
			s.lead.shares.Join(node.ID(id))
		}
	}
	return s.lead.shares.Join(s.self)
}

// expire drops followers that have not reported for a time-out. After standing still itself, the
// leader waits for another one.
func (s *Server) expire(now clock.Time, stoodStill bool) (changed bool) {
	l := &s.lead
	for id := range node.ID(s.config.Servers) {
		switch {
		case id == s.self:
		case stoodStill:
			l.heard[id] = now
		case now > l.heard[id].Add(s.config.Timeout):
			changed = l.shares.Part(id) || changed
		}
	}
	return changed
}

// assign puts a new assignment in force: the followers learn of theirs when they report, and the
// leader takes up its own.
func (s *Server) assign(now clock.Time) {
	s.lead.version++
	for number := range uint32(s.config.Origins) {
		if s.lead.shares.Owner(number) == s.self {
			s.station.Assign(now, number)
		} else {
			s.station.Release(number)
		}
	}
}

// takeReport takes what a follower has found and was told.
func (s *Server) takeReport(now clock.Time, from node.ID, m *Message) {
	l := &s.lead
	l.heard[from] = now
	changed := l.version > 0 && l.shares.Join(from)
	for i := range m.Registrations {
		if r := &m.Registrations[i]; s.registry.Hear(now, r) {
			s.announce(r.Origin)
			changed = l.version > 0
		}
	}
	if changed {
		s.assign(now)
	}
	for _, r := range m.Results {
		s.takeResult(now, from, r)
	}
}

// announce has the followers learn of a registration, and of what is believed of the origin now.
func (s *Server) announce(number uint32) {
	s.lead.news.add(origin.Registration(number))
	if s.Status(number) != health.Unknown {
		s.lead.news.add(origin.Result(number))
	}
}

// takeResult takes what whoever is in charge of an origin has found; while the leader gathers, what
// anybody has.
func (s *Server) takeResult(now clock.Time, from node.ID, r Result) {
	l := &s.lead
	if !s.station.Known(r.Origin) || l.version > 0 && l.shares.Owner(r.Origin) != from {
		return
	}
	before := s.Status(r.Origin)
	s.station.Learn(now, r.Origin, r.Status)
	if s.Status(r.Origin) != before {
		l.news.add(origin.Result(r.Origin))
	}
}

// giveOrders answers a report.
func (s *Server) giveOrders(to node.ID, report, m *Message) {
	l := &s.lead
	m.Kind, m.Term, m.Version, m.News = Orders, s.term, l.version, l.news.last
	for _, i := range l.news.since(report.News) {
		if l.news.current(i) {
			s.tell(i.key, m)
		}
	}
	if l.version == report.Version {
		return
	}
	m.Given = true
	for number := range uint32(s.config.Origins) {
		if l.shares.Owner(number) == to && s.station.Known(number) {
			m.Assigned = append(m.Assigned, number)
		}
	}
}

// tell adds what a key stands for to orders. Of an origin that has been removed there is no result.
func (s *Server) tell(key uint32, m *Message) {
	number := origin.Of(key)
	if origin.IsRegistration(key) {
		registration, _ := s.registry.Of(number)
		m.Registrations = append(m.Registrations, registration)
	} else if status := s.Status(number); status != health.Unknown {
		m.Results = append(m.Results, Result{number, status})
	}
}
