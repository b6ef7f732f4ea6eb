package fidelity

import (
	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/wire"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

type effects = node.Out[wire.Message]

// server is a simulated server as the live driver and its host treat one: it says who it is when it
// starts, its traffic is counted where it leaves, datagrams may be lost where they arrive, and from
// its death on it is a process that is not there, on a host that is.
type server struct {
	*agent.Agent
	trial *trial
	self  node.ID
	luck  rng.Rand
}

// Start implements [node.Machine].
func (s *server) Start(now clock.Time, saved []byte, out *effects) {
	s.Agent.Start(now, saved, out)
	if about := s.trial.config.About; about != nil {
		if err := s.Describe(now, about(s.self), out); err != nil {
			panic("fidelity: about: " + err.Error())
		}
	}
	s.count(now, out)
}

// Receive implements [node.Machine].
func (s *server) Receive(now clock.Time, from node.ID, m *wire.Message, out *effects) {
	if s.dead(now) || s.loses() {
		return
	}
	s.Agent.Receive(now, from, m, out)
	s.count(now, out)
}

// Wake implements [node.Machine].
func (s *server) Wake(now clock.Time, t node.TimerID, out *effects) {
	if s.dead(now) {
		return
	}
	s.Agent.Wake(now, t, out)
	s.count(now, out)
}

// Serve implements [node.Server]. Where nobody listens, the system of the host refuses.
func (s *server) Serve(
	now clock.Time, from node.ID, request, reply *wire.Message, out *effects,
) (served bool) {
	if s.dead(now) {
		return false
	}
	served = s.Agent.Serve(now, from, request, reply, out)
	s.count(now, out)
	if served && s.trial.atRest(now) {
		s.trial.log.Rest.CallBytes += s.trial.size(reply, true)
	}
	return served
}

// Returned implements [node.Caller].
func (s *server) Returned(
	now clock.Time, from node.ID, call node.CallID, reply *wire.Message, failure node.Failure,
	out *effects,
) {
	if s.dead(now) {
		return
	}
	s.Agent.Returned(now, from, call, reply, failure, out)
	s.count(now, out)
}

// Probed implements [node.Prober].
func (s *server) Probed(now clock.Time, result node.ProbeResult, out *effects) {
	if s.dead(now) {
		return
	}
	s.Agent.Probed(now, result, out)
	s.count(now, out)
}

// dead reports whether the process has been killed.
func (s *server) dead(now clock.Time) bool {
	return s.self == s.trial.course.Killed && now >= clock.At(s.trial.course.Kill)
}

// loses decides the fate of a datagram that has arrived.
func (s *server) loses() bool {
	loss := s.trial.config.Loss
	return !loss.Streams && loss.Share.Hit(&s.luck)
}

// count counts what leaves the server while all are at rest.
func (s *server) count(now clock.Time, out *effects) {
	if !s.trial.atRest(now) {
		return
	}
	rest := &s.trial.log.Rest
	for i := range out.Sends {
		rest.Datagrams++
		rest.DatagramBytes += s.trial.size(&out.Sends[i].Message, false)
	}
	for i := range out.Calls {
		rest.Calls++
		rest.CallBytes += s.trial.size(&out.Calls[i].Message, true)
	}
}
