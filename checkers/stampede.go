package checkers

import (
	"time"

	"butterfly/sim/clock"
)

// stampedeSlack is how many probes, beyond those that one checker makes in step, an origin may get:
// one that comes late is followed by one in time.
const stampedeSlack = 2

// Stampede checks no-stampede: at rest, in any w intervals, the servers of one side together start
// no more than w+3 probes of an origin, as many as a single checker may. In faults there may be as
// many checkers as views; once all is over the many must not go on as "just called a DDoS" (The
// Anatomy of a Distributed System, QCon SF 2017). Unlike duplicates-die-out it asks nobody what it
// is doing.
//
// The count is exact and takes one instant per side and origin: that before which the next probe
// would be early (the theoretical arrival time of the generic cell rate algorithm, ITU-T I.371).
type Stampede struct {
	rest     rest
	interval func(origin uint32) time.Duration
	origins  int
	next     []clock.Time // [side][origin]: when the next probe is due if all come in step
}

// NewStampede returns a checker for origins 0 to origins-1. Rest begins bound after the last fault
// or the last word of an operator. interval is as for [NewBudget].
func NewStampede(
	bound time.Duration, origins int, interval func(origin uint32) time.Duration,
) *Stampede {
	return &Stampede{rest: rest{bound: bound}, interval: interval, origins: origins}
}

// Watches implements [Checker].
func (s *Stampede) Watches() Kind { return ProbeStarted | topology | OriginRegistered | Healed }

// Observe implements [Checker].
func (s *Stampede) Observe(o *Observation, view View, report *Report) {
	s.rest.observe(o)
	if o.Kind != ProbeStarted || !s.rest.demanded(o.At) {
		return
	}
	if s.rest.begins(o.At) {
		s.next = make([]clock.Time, view.Sides()*s.origins)
	}
	s.probe(o, view.Side(o.Host), report)
}

func (s *Stampede) probe(o *Observation, side int, report *Report) {
	if side < 0 {
		return
	}
	interval := s.interval(o.Origin)
	next := &s.next[side*s.origins+int(o.Origin)]
	*next = max(*next, o.At).Add(interval)
	if early := next.Sub(o.At) - interval; early > stampedeSlack*interval {
		s.violate(o, early, interval, report)
		*next = o.At.Add(interval)
	}
}

func (s *Stampede) violate(o *Observation, early, interval time.Duration, report *Report) {
	report.Violate(PropertyNoStampede, o.At,
		"origin %d is probed by host %d at %v, %v before the next probe of it is due at an "+
			"interval of %v, at rest since %v (%v after %v)", o.Origin, o.Host, o.At, early, interval,
		s.rest.calm.Add(s.rest.bound), s.rest.bound, s.rest.calm)
}
