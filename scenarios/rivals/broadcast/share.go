package broadcast

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// expire takes whoever was not heard for a time-out to be dead. A server that comes to its round
// more than an interval late stood still itself: what the others said meanwhile waits to be
// handled, and proves nothing before.
func (s *Server) expire(now clock.Time) {
	stoodStill := now > s.due.Add(s.config.Interval)
	changed := false
	for id := range node.ID(s.config.Servers) {
		switch {
		case id == s.self || !s.shares.Has(id):
		case stoodStill:
			s.heard[id] = now
		case now > s.heard[id].Add(s.config.Timeout):
			changed = s.shares.Part(id)
		}
	}
	if changed {
		s.share(now)
	}
}

// share takes up the origins that are this server's share by what it hears, and gives up all
// others.
func (s *Server) share(now clock.Time) {
	s.mine = s.mine[:0]
	for origin := range uint32(s.config.Origins) {
		if s.shares.Owner(origin) != s.self || !s.station.Known(origin) {
			s.station.Release(origin)
			continue
		}
		s.mine = append(s.mine, origin)
		s.station.Assign(now, origin)
	}
}
