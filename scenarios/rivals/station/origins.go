package station

import (
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/sim/clock"
)

// Register makes origin known, to be checked by a definition, or changes that definition. It
// reports whether anything has changed; an origin or a definition that there cannot be changes
// nothing.
func (s *Station) Register(now clock.Time, origin uint32, definition uint16) (changed bool) {
	if int(origin) >= len(s.origins) || int(definition) >= len(s.config.Definitions) {
		return false
	}
	if e := &s.origins[origin]; e.known && e.definition == definition {
		return false
	}
	s.enter(now, origin, definition)
	s.emit(node.OriginLearned, origin, uint64(definition))
	if s.Checking(origin) {
		s.begin(now, origin)
	}
	s.passRouted()
	return true
}

// enter notes by which definition origin is checked, and lets requests go to it.
func (s *Station) enter(now clock.Time, origin uint32, definition uint16) {
	e, d := &s.origins[origin], &s.config.Definitions[definition]
	e.known, e.definition = true, definition
	s.table.Add(now, origin, d.Pool, d.Weight)
}

// Unregister makes origin unknown: it is neither checked nor routed to any more, and nothing is
// believed of it. It reports whether it was known.
func (s *Station) Unregister(now clock.Time, origin uint32) (changed bool) {
	if !s.Known(origin) {
		return false
	}
	s.Release(origin)
	if s.origins[origin].status != health.Unknown {
		s.emit(node.Believed, origin, uint64(health.Unknown))
	}
	s.origins[origin] = entry{}
	s.table.Remove(now, origin)
	s.passRouted()
	s.emit(node.OriginForgotten, origin, 0)
	return true
}

// Known reports whether origin is to be checked, as far as this server knows.
func (s *Station) Known(origin uint32) bool {
	return int(origin) < len(s.origins) && s.origins[origin].known
}

// Status is what this server believes of origin, by its own probes or by what it was told.
func (s *Station) Status(origin uint32) health.Status { return s.origins[origin].status }

// Learn takes what others say of an origin. It counts for little while this server checks the
// origin itself: until its own probes have a result, and while they cannot be made. Nothing is
// learned from others not knowing, or not being able to probe.
func (s *Station) Learn(now clock.Time, origin uint32, status health.Status) {
	if !s.Known(origin) || status == s.origins[origin].status {
		return // most of what others say is known, and this is asked for all of it
	}
	if s.Checking(origin) {
		s.prober.Told(origin, status)
		if own := s.prober.Status(origin); Says(own) {
			status = own
		}
	}
	s.believe(now, origin, status)
}

// Says reports whether a status says something about an origin, and not about whoever checks it.
func Says(status health.Status) bool {
	return status == health.Healthy || status == health.Unhealthy
}

// believe changes what this server takes an origin for, and where its requests go.
func (s *Station) believe(now clock.Time, origin uint32, status health.Status) {
	e := &s.origins[origin]
	if status == e.status || !Says(status) {
		return
	}
	e.status = status
	s.emit(node.Believed, origin, uint64(status))
	s.table.Set(now, origin, status == health.Healthy)
	s.passRouted()
}

// passRouted passes on what has become of the requests.
func (s *Station) passRouted() { s.events = append(s.events, s.table.TakeEvents()...) }
