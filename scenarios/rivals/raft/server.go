package raft

import (
	"time"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/scenarios/rivals/raft/voter"
	"butterfly/scenarios/rivals/station"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

type effects = node.Out[Message]

// Timer slots, after the station's.
const (
	timerVoter    = station.Timers + iota // a tick of the voter
	timerPoll                             // the next poll
	timerLease                            // the lease ends
	timerSessions                         // the leader looks for servers that are silent
)

// Server is one life of a server. It implements [node.Machine], [node.Server], [node.Caller],
// [node.Prober], [node.Registrar] and [node.Digester].
type Server struct {
	config Config
	log    voter.Config
	self   node.ID
	luck   rng.Rand

	station *station.Station
	shares  *station.Shares
	follower
	*leadership // nil of a server that does not vote
}

// New returns the server of one life. config must be valid, and rand a stream of its own.
func New(config Config, self node.ID, rand rng.Rand) *Server {
	s := &Server{
		config: config, log: config.log(), self: self,
		luck: rng.Stream(rand.Uint64(), "polls", 0),
	}
	s.station = station.New(&s.config.Config, rng.Stream(rand.Uint64(), "probes", 0))
	s.shares = station.NewShares(&s.config.Config)
	s.follower = newFollower(&s.config.Config)
	if int(self) < s.log.Voters {
		s.leadership = newLeadership(s, rng.Stream(rand.Uint64(), "voter", 0))
	}
	return s
}

// Start implements [node.Machine].
func (s *Server) Start(now clock.Time, saved []byte, out *effects) {
	s.station.Start(now)
	if s.leadership != nil {
		s.voter.Start(now, saved, letters{out})
		s.lookAgain(now, out)
	}
	s.pollAt(now.Add(rng.Between(&s.luck, 0, s.config.Retry)), out)
	station.Settle(now, s.station, out)
}

// Receive implements [node.Machine].
func (s *Server) Receive(now clock.Time, _ node.ID, m *Message, out *effects) {
	s.station.Heard(now)
	if m.Kind == Letter && s.leadership != nil {
		s.voter.Take(now, m.Body, letters{out})
	}
	station.Settle(now, s.station, out)
}

// Wake implements [node.Machine].
func (s *Server) Wake(now clock.Time, t node.TimerID, out *effects) {
	switch t {
	case station.Timer:
		s.station.Woken()
	case timerVoter:
		s.voter.Wake(now, letters{out})
	case timerPoll:
		s.poll(now, out)
	case timerLease:
		s.stop(now)
	case timerSessions:
		s.dismiss(now, out)
		s.lookAgain(now, out)
	}
	station.Settle(now, s.station, out)
}

// Serve implements [node.Server].
func (s *Server) Serve(
	now clock.Time, from node.ID, request, reply *Message, out *effects,
) (served bool) {
	s.station.Heard(now)
	switch {
	case s.leadership == nil:
	case request.Kind == Letter:
		reply.Kind, served = Taken, true
		s.voter.Take(now, request.Body, letters{out})
	case request.Kind == Poll:
		s.polled(now, from, request, reply, out)
		served = true
	}
	station.Settle(now, s.station, out)
	return served
}

// Returned implements [node.Caller].
func (s *Server) Returned(
	now clock.Time, from node.ID, call node.CallID, reply *Message, failure node.Failure, out *effects,
) {
	if failure == node.OK {
		s.station.Heard(now)
	}
	if call >= voter.FirstCall {
		s.voter.Returned(now, call, failure, letters{out})
	} else if call == s.call {
		s.told(now, from, reply, out)
	}
	station.Settle(now, s.station, out)
}

// Probed implements [node.Prober]. What is new is told at once.
func (s *Server) Probed(now clock.Time, result node.ProbeResult, out *effects) {
	if _, taken := s.station.Probed(now, result); taken && s.report(result.Origin) {
		s.pollNow(now, out)
	}
	station.Settle(now, s.station, out)
}

// Register implements [node.Registrar].
func (s *Server) Register(now clock.Time, number uint32, definition uint16, out *effects) {
	s.order(now, number, origin.By(definition), out)
}

// Unregister implements [node.Registrar].
func (s *Server) Unregister(now clock.Time, number uint32, out *effects) {
	s.order(now, number, origin.Removed, out)
}

// order takes what an operator says. It has no effect before it is in the log.
func (s *Server) order(now clock.Time, number uint32, value origin.Value, out *effects) {
	if int(number) < s.config.Origins {
		s.want(change{registered, number, uint16(value)})
		s.pollNow(now, out)
	}
	station.Settle(now, s.station, out)
}

// Status is what this server believes of origin.
func (s *Server) Status(origin uint32) health.Status { return s.station.Status(origin) }

// Digest implements [node.Digester].
func (s *Server) Digest() uint64 { return s.station.Digest() ^ rng.Mix(s.index) }

// letters puts what the voter asks for among the effects of its server.
type letters struct{ *effects }

// letterTimeout is how long a large letter may take.
const letterTimeout = 5 * time.Second

// Send implements [voter.Effects].
func (l letters) Send(to node.ID) *[]byte {
	m := l.effects.Send(to)
	m.Kind = Letter
	return &m.Body
}

// Call implements [voter.Effects].
func (l letters) Call(to node.ID, id node.CallID) *[]byte {
	m := l.effects.Call(to, id, letterTimeout)
	m.Kind = Letter
	return &m.Body
}

// Alarm implements [voter.Effects].
func (l letters) Alarm(at clock.Time) { l.effects.Alarm(timerVoter, at) }
