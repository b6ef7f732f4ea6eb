package broadcast

import (
	"butterfly/node"
	"butterfly/scenarios/rivals/station"
	"butterfly/sim/clock"
)

// tell sends everything that this server has to tell to all others, in as few datagrams as it fits
// into, and one at least: it is also how others know that this server is alive.
func (s *Server) tell(now clock.Time, out *effects) {
	at := station.Millis(now)
	s.draft.open(at)
	for i := range s.registry.All() {
		if r := &s.registry.All()[i]; s.repeats(r) && !s.draft.addRegistration(r) {
			s.send(out)
			s.draft.open(at)
			s.draft.addRegistration(r)
		}
	}
	for _, origin := range s.mine {
		found := s.newest[origin]
		if found.from() != s.self {
			continue
		}
		r := Result{origin, s.Status(origin), at - found.atMillis()}
		if !s.draft.addResult(&r) {
			s.send(out)
			s.draft.open(at)
			s.draft.addResult(&r)
		}
	}
	s.send(out)
}

// repeats reports whether it is for this server to repeat a registration.
func (s *Server) repeats(r *station.Registration) bool {
	return r.By == s.self || s.shares.Owner(r.Origin) == s.self
}

// send sends a copy of the draft to every other server, heard or not: who was silent may be back.
func (s *Server) send(out *effects) {
	for id := range node.ID(s.config.Servers) {
		if id == s.self {
			continue
		}
		m := out.Send(id)
		m.AtMillis = s.draft.AtMillis
		m.Registrations = append(m.Registrations, s.draft.Registrations...)
		m.Results = append(m.Results, s.draft.Results...)
	}
}
