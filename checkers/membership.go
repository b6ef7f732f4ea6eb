package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Membership checks what servers believe of each other, the two halves of a failure detector
// (Chandra and Toueg, "Unreliable Failure Detectors for Reliable Distributed Systems", JACM 1996)
// with a time bound:
//
// membership-completeness: when a host goes down and stays down, every other host that is up has
// stopped holding it as a member (dead, left, forgotten, or never heard of) within the bound,
// counted from the latest of the crash, the observer's own start, the last cut or join of the
// observer's side, and the observer's first hearing of a higher incarnation that was still on its
// way.
//
// membership-accuracy: at rest no host says dead of a host that is up and on its side, and when the
// run ends each holds all of them alive. A suspicion younger than the bound may still be refuted
// and passes. A host that says of itself that it left or yielded is left out.
//
// It measures, over all crashes and the hosts that were on the crashed host's side:
// detection_p50_seconds, detection_p99_seconds, detection_max_seconds from a crash to each
// observer's saying dead, first_detection_p50_seconds to the first one's (percentiles by nearest
// rank, absent without a sample), and false_deaths, the times a host said dead of one that was up
// and on its side.
//
// It keeps a byte per pair of hosts.
type Membership struct {
	crashes
	bound     time.Duration
	rest      rest
	nextSweep clock.Time // no observer is overdue before
}

// NewMembership returns a checker. bound is how long noticing a crash may take, a pause of the
// observer included, and how long after the last fault rest begins.
func NewMembership(bound time.Duration) *Membership {
	return &Membership{bound: bound, rest: rest{bound: bound}, nextSweep: clock.Never}
}

// RestAfter changes how long after the last fault rest begins, and returns m.
func (m *Membership) RestAfter(bound time.Duration) *Membership {
	m.rest.bound = bound
	return m
}

// Watches implements [Checker].
func (m *Membership) Watches() Kind { return Event | topology | Healed | Ended }

// Observe implements [Checker].
func (m *Membership) Observe(o *Observation, view View, report *Report) {
	if o.At > m.nextSweep {
		m.sweep(o.At, report)
	}
	m.rest.observe(o)
	switch o.Kind {
	case Event:
		m.event(o, report)
	case HostUp:
		m.hostUp(o, view)
	case HostDown:
		m.hostDown(o)
		m.nextSweep = min(m.nextSweep, o.At.Add(m.bound))
	case Reachability:
		m.regroup(o, view)
	case Ended:
		m.judgeAccuracy(o.At, report)
		m.measure(report)
	}
}

func (m *Membership) event(o *Observation, report *Report) {
	subject := node.ID(o.Event.Subject)
	switch o.Event.Kind {
	case node.Founded:
		for founder := range founders(o, len(m.outages)) {
			m.holds(o, founder, alive, 0)
		}
	case node.MemberAlive:
		m.holds(o, subject, alive, o.Event.A)
	case node.MemberSuspect:
		m.holds(o, subject, suspect, o.Event.A)
	case node.MemberDead:
		m.judgeDeath(o, subject, report)
		m.opinions.set(o.Host, subject, dead, o.At)
	case node.MemberLeft:
		m.opinions.set(o.Host, subject, left, o.At)
	case node.MemberForgotten:
		m.opinions.set(o.Host, subject, unknown, o.At)
	case node.Yielded:
		m.yields(o)
	case node.Refuted:
		report.Saw(SituationRefuted)
	}
}

// holds notes that o.Host holds subject as a member, and when it is due to stop if subject is down.
func (m *Membership) holds(o *Observation, subject node.ID, as opinion, incarnation uint64) {
	before := m.opinions.of(o.Host, subject)
	m.opinions.set(o.Host, subject, as, o.At)
	crash := &m.outages[subject]
	if !crash.open {
		return
	}
	if as == alive || !before.member() {
		crash.teach(o.Host, incarnation, o.At)
	}
	m.nextSweep = min(m.nextSweep, m.due(o.Host, crash))
}

func (m *Membership) due(observer node.ID, crash *outage) clock.Time {
	return crash.due(observer, m.sides.undisturbedSince(observer), m.bound)
}

func (m *Membership) judgeDeath(o *Observation, subject node.ID, report *Report) {
	if m.saysDead(o, report) && m.rest.demanded(o.At) {
		report.Violate(PropertyAccuracy, o.At,
			"host %d says at %v that host %d is dead at incarnation %d, but it is up since %v and "+
				"on the same side, at rest since %v (%v after %v)",
			o.Host, o.At, subject, o.Event.A, m.sides.started[subject],
			m.rest.calm.Add(m.bound), m.bound, m.rest.calm)
	}
}

// sweep reports the observers that are overdue at the given time and finds out when the next one
// may be.
func (m *Membership) sweep(at clock.Time, report *Report) {
	m.nextSweep = clock.Never
	for subject := range m.outages {
		if m.outages[subject].open {
			m.sweepOutage(at, node.ID(subject), report)
		}
	}
}

func (m *Membership) sweepOutage(at clock.Time, subject node.ID, report *Report) {
	crash := &m.outages[subject]
	for host := range crash.views {
		observer, w := node.ID(host), &crash.views[host]
		as := m.opinions.of(observer, subject)
		if !as.member() || w.reported || !m.sides.up(observer) {
			continue
		}
		due := m.due(observer, crash)
		if due >= at {
			m.nextSweep = min(m.nextSweep, due)
			continue
		}
		w.reported = true
		report.Violate(PropertyCompleteness, due,
			"host %d still holds host %d as %v at %v, %v after its crash at %v; "+
				"undisturbed since %v it had until %v by the bound %v", observer, subject, as, at,
			at.Sub(crash.at), crash.at, m.sides.undisturbedSince(observer), due, m.bound)
	}
}

func (m *Membership) judgeAccuracy(at clock.Time, report *Report) {
	if !m.rest.demanded(at) {
		return
	}
	for observer := range m.outages {
		for subject := range m.outages {
			m.judgePair(at, node.ID(observer), node.ID(subject), report)
		}
	}
}

func (m *Membership) judgePair(at clock.Time, observer, subject node.ID, report *Report) {
	if observer == subject || !m.sides.together(observer, subject) ||
		m.opinions.hasLeft(observer) || m.opinions.hasLeft(subject) {
		return
	}
	as, since := m.opinions.of(observer, subject), m.opinions.suspectedSince(observer, subject)
	if as == alive || as == suspect && at <= since.Add(m.bound) {
		return
	}
	report.Violate(PropertyAccuracy, at,
		"host %d holds host %d as %v when the run ends at %v, but it is up since %v and on the "+
			"same side, at rest since %v (%v after %v)", observer, subject, as, at,
		m.sides.started[subject], m.rest.calm.Add(m.bound), m.bound, m.rest.calm)
}

func (m *Membership) measure(report *Report) {
	report.Metric("false_deaths", float64(m.falseDeaths))
	if len(m.firsts) == 0 {
		return
	}
	m.detections.sort()
	m.firsts.sort()
	report.MetricSeconds("detection_p50_seconds", m.detections.quantile(50))
	report.MetricSeconds("detection_p99_seconds", m.detections.quantile(99))
	report.MetricSeconds("detection_max_seconds", m.detections.quantile(100))
	report.MetricSeconds("first_detection_p50_seconds", m.firsts.quantile(50))
}
