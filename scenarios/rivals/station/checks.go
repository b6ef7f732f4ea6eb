package station

import (
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/sim/clock"
)

// Assign makes this server check origin from now on, if it knows it. What it believes of the origin
// is taken over; it says nothing of its own before the first probe has ended.
func (s *Station) Assign(now clock.Time, origin uint32) {
	if s.Known(origin) && !s.Checking(origin) {
		s.begin(now, origin)
		s.emit(node.CheckBegan, origin, 0)
	}
}

func (s *Station) begin(now clock.Time, origin uint32) {
	e := &s.origins[origin]
	s.prober.Begin(now, origin, e.definition, e.status)
}

// Release makes this server check origin no more. What it believes stays until others know better.
func (s *Station) Release(origin uint32) {
	if s.Checking(origin) {
		s.prober.End(origin)
		s.emit(node.CheckEnded, origin, 0)
	}
}

// Checking reports whether this server checks origin.
func (s *Station) Checking(origin uint32) bool { return s.prober.Probing(origin) }

// CheckingCount is how many origins this server checks.
func (s *Station) CheckingCount() int { return s.prober.Count() }

// Probed takes the result of a probe. taken is false for one that says nothing: the check has
// ended, the server stood still meanwhile, or it doubts its own network. Else status is
// that of the origin by this server's own probes, which may be that they cannot be made.
func (s *Station) Probed(
	now clock.Time, result node.ProbeResult,
) (status health.Status, taken bool) {
	status, taken = s.prober.Probed(now, result)
	s.passProber()
	if !taken || s.prober.InDoubt() {
		return status, false
	}
	s.believe(now, result.Origin, status)
	return status, true
}

// passProber passes on what the prober has to say.
func (s *Station) passProber() { s.events = append(s.events, s.prober.TakeEvents()...) }
