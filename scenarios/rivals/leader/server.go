package leader

import (
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/scenarios/rivals/station"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

type effects = node.Out[Message]

// timerRound is the alarm slot for the next round.
const timerRound = station.Timers

// Server is one life of a server that leads or follows. It implements [node.Machine],
// [node.Server], [node.Caller], [node.Prober], [node.Registrar] and [node.Digester].
//
// Invariants: leader is [node.Nobody] only while term is 0; lead means something only while leader
// is self, follow only while it is not.
type Server struct {
	config   Config
	self     node.ID
	rand     rng.Rand
	station  *station.Station
	registry *station.Registry
	due      clock.Time // of the next round

	leader node.ID
	term   uint64
	lead   lead
	follow follow
}

// New returns one life of server self. rand is a stream of its own. config must be valid.
func New(config Config, self node.ID, rand rng.Rand) *Server {
	s := &Server{config: config, self: self, rand: rand, leader: node.Nobody}
	s.station = station.New(&s.config.Config, rng.Stream(s.rand.Uint64(), "station", 0))
	s.registry = station.NewRegistry(s.station)
	s.follow = newFollow(&s.config)
	return s
}

// Start implements [node.Machine]. All begin as followers of nobody, ranked by their IDs.
func (s *Server) Start(now clock.Time, _ []byte, out *effects) {
	s.station.Start(now)
	s.station.Peers(s.config.Servers - 1)
	s.follow.heard, s.follow.rank = now, uint32(s.self)
	s.due = now.Add(rng.Between(&s.rand, 0, s.config.Interval))
	out.Alarm(timerRound, s.due)
	station.Settle(now, s.station, out)
}

// Wake implements [node.Machine].
func (s *Server) Wake(now clock.Time, t node.TimerID, out *effects) {
	if t == timerRound {
		s.round(now, out)
	} else {
		s.station.Woken()
	}
	station.Settle(now, s.station, out)
}

// round is what a server does once an interval. One that comes to it more than an interval late
// stood still itself: what the others said meanwhile waits to be handled, and their silence proves
// nothing.
func (s *Server) round(now clock.Time, out *effects) {
	stoodStill := now > s.due.Add(s.config.Interval)
	if s.leads() {
		s.leadRound(now, stoodStill, out)
	} else {
		s.followRound(now, stoodStill, out)
	}
	for s.due <= now {
		s.due = s.due.Add(s.config.Interval)
	}
	out.Alarm(timerRound, s.due)
}

func (s *Server) leads() bool { return s.leader == s.self }

// Receive implements [node.Machine].
func (s *Server) Receive(now clock.Time, from node.ID, m *Message, out *effects) {
	s.station.Heard(now)
	if m.Kind == Beat {
		s.takeBeat(now, from, m)
	}
	station.Settle(now, s.station, out)
}

// Serve implements [node.Server]. Whoever reports to a server that does not lead in that term is
// refused, and finds out by itself whom to follow.
func (s *Server) Serve(
	now clock.Time, from node.ID, request, reply *Message, out *effects,
) (served bool) {
	s.station.Heard(now)
	if served = s.leads() && request.Kind == Report && request.Term == s.term; served {
		s.takeReport(now, from, request)
		s.giveOrders(from, request, reply)
	}
	station.Settle(now, s.station, out)
	return served
}

// Returned implements [node.Caller].
func (s *Server) Returned(
	now clock.Time, from node.ID, _ node.CallID, reply *Message, failure node.Failure, out *effects,
) {
	if failure != node.Timeout {
		s.station.Heard(now)
	}
	s.follow.calling = false
	if failure == node.OK && from == s.leader && reply.Term == s.term {
		s.takeOrders(now, reply)
	}
	station.Settle(now, s.station, out)
}

// Probed implements [node.Prober].
func (s *Server) Probed(now clock.Time, result node.ProbeResult, out *effects) {
	before := s.Status(result.Origin)
	status, taken := s.station.Probed(now, result)
	switch {
	case !taken:
	case !s.leads():
		s.owe(result.Origin)
	case status != before:
		s.lead.news.add(origin.Result(result.Origin))
	}
	station.Settle(now, s.station, out)
}

// Register implements [node.Registrar].
func (s *Server) Register(now clock.Time, number uint32, definition uint16, out *effects) {
	s.told(now, number, origin.By(definition), out)
}

// Unregister implements [node.Registrar].
func (s *Server) Unregister(now clock.Time, number uint32, out *effects) {
	s.told(now, number, origin.Removed, out)
}

// told takes an operator's word.
func (s *Server) told(now clock.Time, number uint32, value origin.Value, out *effects) {
	if s.registry.Told(now, s.self, number, value) {
		s.pass(now, number)
	}
	station.Settle(now, s.station, out)
}

// pass has the others learn of a registration: a leader by its next orders, a follower by its next
// report.
func (s *Server) pass(now clock.Time, number uint32) {
	if !s.leads() {
		s.follow.untold = append(s.follow.untold, number)
		return
	}
	s.announce(number)
	if s.lead.version > 0 {
		s.assign(now)
	}
}

// Ready reports whether the server takes part.
func (s *Server) Ready() bool { return s.station.Ready() }

// Status is what this server believes of an origin.
func (s *Server) Status(number uint32) health.Status { return s.station.Status(number) }

// Digest implements [node.Digester].
func (s *Server) Digest() uint64 {
	return rng.Mix(s.station.Digest() ^ rng.Mix(s.term) ^ uint64(s.leader))
}
