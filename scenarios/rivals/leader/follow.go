package leader

import (
	"time"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/sim/clock"
)

// follow is what a server knows as a follower.
//
// Invariant: owed[o] is set exactly for the origins in owing, and these are at least those that the
// server checks and finds other than word[o].
type follow struct {
	heard   clock.Time // when the leader was, last
	rank    uint32     // among those who would step up
	calling bool       // a report is under way
	calls   node.CallID
	version uint64 // of the assignment, 0 for none of this leader's
	news    uint64 // the number of the last that this leader has told

	word   []health.Status // by origin: what the leader has told
	owed   []bool          // by origin: it is in owing
	owing  []uint32        // origins that the leader may have to be told of
	untold []uint32        // origins of registrations that the leader may not have
	told   int             // of untold, how many are in the report under way
}

func newFollow(config *Config) follow {
	return follow{
		word: make([]health.Status, config.Origins),
		owed: make([]bool, config.Origins),
	}
}

// followRound reports to the leader, or steps up when it has been silent for too long.
func (s *Server) followRound(now clock.Time, stoodStill bool, out *effects) {
	f := &s.follow
	if stoodStill {
		f.heard = now
	}
	patience := s.config.Timeout + time.Duration(f.rank)*s.config.RankWait
	if now > f.heard.Add(patience) {
		s.becomeLeader(now, out)
	} else if s.leader != node.Nobody && !f.calling {
		s.report(out)
	}
}

// takeBeat takes the word of a leader: of two, that of the higher term counts, and of two in one
// term that of the lower ID.
func (s *Server) takeBeat(now clock.Time, from node.ID, m *Message) {
	if m.Term < s.term || m.Term == s.term && from > s.leader {
		return
	}
	if m.Term != s.term || from != s.leader {
		s.becomeFollower(from, m.Term)
	}
	s.follow.heard, s.follow.rank = now, m.Rank
}

// becomeFollower begins to follow a leader, which is owed all that this server knows. The work goes
// on as it was until the leader says otherwise.
func (s *Server) becomeFollower(leader node.ID, term uint64) {
	s.leader, s.term = leader, term
	f := &s.follow
	f.version, f.news, f.told = 0, 0, 0
	clear(f.word)
	f.untold = f.untold[:0]
	for i := range s.registry.All() {
		f.untold = append(f.untold, s.registry.All()[i].Origin)
	}
	for number := range uint32(s.config.Origins) {
		s.owe(number)
	}
}

// owe notes an origin of which the leader is to be told, if that is so.
func (s *Server) owe(number uint32) {
	f := &s.follow
	if !f.owed[number] && s.owes(number) {
		f.owed[number] = true
		f.owing = append(f.owing, number)
	}
}

// owes reports whether this server checks an origin and finds it other than the leader says.
func (s *Server) owes(number uint32) bool {
	status := s.Status(number)
	return s.station.Checking(number) && status != health.Unknown && status != s.follow.word[number]
}

// report calls the leader with all that it is owed: again and again, until its word is the same.
func (s *Server) report(out *effects) {
	f := &s.follow
	f.calling = true
	f.calls++
	m := out.Call(s.leader, f.calls, s.config.Interval)
	m.Kind, m.Term, m.Version, m.News = Report, s.term, f.version, f.news
	for _, number := range f.owing {
		if s.owes(number) {
			m.Results = append(m.Results, Result{number, s.Status(number)})
		}
	}
	for _, number := range f.untold {
		registration, _ := s.registry.Of(number)
		m.Registrations = append(m.Registrations, registration)
	}
	f.told = len(f.untold)
}

// takeOrders does as the leader says: news first, for they may tell of the origins that are
// assigned.
func (s *Server) takeOrders(now clock.Time, m *Message) {
	f := &s.follow
	f.heard, f.news = now, m.News
	f.untold = append(f.untold[:0], f.untold[f.told:]...)
	s.takeNews(now, m)
	if m.Given {
		f.version = m.Version
		s.station.BecomeReady()
		s.work(now, m.Assigned)
	}
	s.settleDebts()
}

// takeNews takes the leader's word. A registration makes what it said of the origin before void,
// for meanwhile the leader may have forgotten the origin, and learned of it again.
func (s *Server) takeNews(now clock.Time, m *Message) {
	for i := range m.Registrations {
		s.registry.Hear(now, &m.Registrations[i])
		if number := m.Registrations[i].Origin; int(number) < s.config.Origins {
			s.follow.word[number] = health.Unknown
			s.owe(number)
		}
	}
	for _, r := range m.Results {
		if s.station.Known(r.Origin) {
			s.follow.word[r.Origin] = r.Status
			s.station.Learn(now, r.Origin, r.Status)
			s.owe(r.Origin)
		}
	}
}

// work checks the assigned origins, which ascend, and no others. Of what it gives up, the leader's
// word counts from now on.
func (s *Server) work(now clock.Time, assigned []uint32) {
	for number := range uint32(s.config.Origins) {
		if len(assigned) > 0 && assigned[0] == number {
			assigned = assigned[1:]
			s.station.Assign(now, number)
		} else if s.station.Checking(number) {
			s.station.Release(number)
			s.station.Learn(now, number, s.follow.word[number])
		}
	}
}

// settleDebts strikes out what is no longer owed.
func (s *Server) settleDebts() {
	f := &s.follow
	still := f.owing[:0]
	for _, number := range f.owing {
		if f.owed[number] = s.owes(number); f.owed[number] {
			still = append(still, number)
		}
	}
	f.owing = still
}
