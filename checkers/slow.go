package checkers

import (
	"slices"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Slow measures how well a group tells the slow from the dead, by the measures of Lifeguard
// (Dadgar, Phillips and Currey, 2018, section V): some hosts are slow, again and again, and all
// others are well. It promises nothing. Its metrics:
//
//	false_deaths              deaths said of hosts that are never slow, by any host (FP)
//	false_deaths_at_healthy   of these, said by hosts that are never slow (FP-)
//	deaths_of_slow            deaths said of slow hosts, which are running all the same
//	suspicions                suspicions begun on a host's own evidence, not on another's word
//	refutes                   accusations answered
//	first_detection_seconds   from the first slowness until a host that is never slow says dead of
//	                          a slow one: the mean over those of whom one does, absent without
//
// What is said of hosts that are down is true and counts nowhere. These false_deaths are others
// than those of [Membership] and [Detection]: a run has the one or the other.
type Slow struct {
	slow  []node.ID // ascending
	since clock.Time
	first []clock.Time // by place in slow: when it was first said dead, Never if it was not

	falseDeaths, atHealthy, ofSlow, suspicions, refutes int
}

// NewSlow returns a checker. slow are the hosts that are ever slow, since is when they first are.
func NewSlow(slow []node.ID, since clock.Time) *Slow {
	s := &Slow{slow: slices.Sorted(slices.Values(slow)), since: since}
	for range s.slow {
		s.first = append(s.first, clock.Never)
	}
	return s
}

// Watches implements [Checker].
func (s *Slow) Watches() Kind { return Event | Ended }

// Observe implements [Checker].
func (s *Slow) Observe(o *Observation, view View, report *Report) {
	if o.Kind == Ended {
		s.measure(report)
		return
	}
	subject := node.ID(o.Event.Subject)
	switch o.Event.Kind {
	case node.MemberSuspect:
		s.suspicions += oneIf(node.ID(o.Event.B) == o.Host)
	case node.Refuted:
		s.refutes++
	case node.MemberDead:
		if subject != o.Host && view.Up(subject) {
			s.saysDead(o, subject)
		}
	}
}

func (s *Slow) saysDead(o *Observation, subject node.ID) {
	_, slowObserver := slices.BinarySearch(s.slow, o.Host)
	place, slowSubject := slices.BinarySearch(s.slow, subject)
	if !slowSubject {
		s.falseDeaths++
		s.atHealthy += oneIf(!slowObserver)
		return
	}
	s.ofSlow++
	if !slowObserver && o.At >= s.since {
		s.first[place] = min(s.first[place], o.At)
	}
}

func (s *Slow) measure(report *Report) {
	report.Metric("false_deaths", float64(s.falseDeaths))
	report.Metric("false_deaths_at_healthy", float64(s.atHealthy))
	report.Metric("deaths_of_slow", float64(s.ofSlow))
	report.Metric("suspicions", float64(s.suspicions))
	report.Metric("refutes", float64(s.refutes))
	if spans := s.detections(); len(spans) > 0 {
		report.MetricSeconds("first_detection_seconds", spans.mean())
	}
}

func (s *Slow) detections() samples {
	var spans samples
	for _, at := range s.first {
		if at != clock.Never {
			spans.add(at.Sub(s.since))
		}
	}
	return spans
}
