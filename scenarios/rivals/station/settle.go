package station

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// Woken tells that [Timer] has gone off.
func (s *Station) Woken() { s.armed = clock.Never }

// Settle carries out what is due after an input: probes, changes of what is routed, events, and the
// alarm for what is due next.
func Settle[M any](now clock.Time, s *Station, out *node.Out[M]) {
	for probe, due := s.prober.Due(now); due; probe, due = s.prober.Due(now) {
		out.Probe(probe)
	}
	s.passProber()
	if s.table.Next() <= now {
		s.table.Wake(now)
		s.passRouted()
	}
	for i := range s.events {
		out.Emit(s.events[i])
	}
	s.events = s.events[:0]
	if next := min(s.prober.Next(), s.table.Next()); next != s.armed {
		s.armed = next
		out.Alarm(Timer, next)
	}
}
