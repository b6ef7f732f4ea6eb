package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Spread follows one change of one host's metadata from its announcement (Described) through the
// group. The others know of it when they hold that host alive with that metadata at its incarnation
// or a later one. Counted are those that are present at the announcement, run and have not left or
// yielded, and that do not go down before they know; of several changes the last is followed.
//
// update-spreads: all of them know within the bound. A change that is replaced, or a run that ends,
// before then is not held to it.
//
// Its metrics, absent without a change: t50_seconds, t90_seconds and t100_seconds, how long it took
// until that part of them knew (percentiles by nearest rank, each absent if that took longer than
// within); and missed, how many did not know within that time, or until the run ended.
type Spread struct {
	within, bound time.Duration
	presence      presence

	followed    bool
	author      node.ID
	incarnation uint64
	hash        uint64
	at          clock.Time
	waiting     []bool  // by host: counted, and does not know yet
	waits       int     // how many these are
	took        samples // of those who know, in the order in which they learnt
}

// NewSpread returns a checker. within is when the figures are taken. bound is how long a change may
// take to reach all before the promise is broken, the longest pause included; 0 promises nothing.
func NewSpread(within, bound time.Duration) *Spread {
	return &Spread{within: within, bound: bound}
}

// Watches implements [Checker].
func (s *Spread) Watches() Kind { return Event | HostUp | HostDown | Ended }

// Observe implements [Checker].
func (s *Spread) Observe(o *Observation, view View, report *Report) {
	if s.presence.observe(o, view) && s.followed {
		s.excuse(o.Host)
	}
	switch {
	case o.Kind == Event && o.Event.Kind == node.Described:
		s.judge(o.At, report)
		s.follow(o)
		report.Saw(SituationDescribed)
	case o.Kind == Event && o.Event.Kind == node.MemberAlive && s.tells(o):
		s.learns(o, report)
	case o.Kind == Ended:
		s.judge(o.At, report)
		s.measure(report)
	}
}

// excuse drops a host that goes, or comes back.
func (s *Spread) excuse(host node.ID) {
	s.waits -= oneIf(s.waiting[host])
	s.waiting[host] = false
}

func (s *Spread) follow(o *Observation) {
	s.followed, s.author, s.at = true, o.Host, o.At
	s.incarnation, s.hash = o.Event.A, o.Event.B
	s.waiting = append(s.waiting[:0], s.presence.present...)
	s.waits, s.took = 0, s.took[:0]
	s.waiting[s.author] = false
	for _, waiting := range s.waiting {
		s.waits += oneIf(waiting)
	}
}

// tells reports whether the event shows that its host knows of the change.
func (s *Spread) tells(o *Observation) bool {
	return s.followed && node.ID(o.Event.Subject) == s.author && s.waiting[o.Host] &&
		o.Event.A >= s.incarnation && o.Event.B == s.hash
}

func (s *Spread) learns(o *Observation, report *Report) {
	s.waiting[o.Host] = false
	s.waits--
	s.took.add(o.At.Sub(s.at))
	if due := s.at.Add(s.bound); s.bound > 0 && o.At > due {
		report.Violate(PropertyUpdateSpreads, due,
			"host %d learns only at %v what host %d said of itself at %v, incarnation %d; "+
				"by the bound %v it had until %v",
			o.Host, o.At, s.author, s.at, s.incarnation, s.bound, due)
	}
}

// judge reports those that still do not know, though they had until before the given time.
func (s *Spread) judge(at clock.Time, report *Report) {
	due := s.at.Add(s.bound)
	if !s.followed || s.bound == 0 || s.waits == 0 || at <= due {
		return
	}
	report.Violate(PropertyUpdateSpreads, due,
		"at %v what host %d said of itself at %v, incarnation %d, is not known to %v; "+
			"by the bound %v there was time until %v",
		at, s.author, s.at, s.incarnation, hostsIn(s.waiting), s.bound, due)
}

func (s *Spread) measure(report *Report) {
	if !s.followed {
		return
	}
	audience, inTime := len(s.took)+s.waits, s.inTime()
	report.Metric("missed", float64(audience-len(inTime)))
	for _, part := range [...]struct {
		metric  string
		percent int
	}{{"t50_seconds", 50}, {"t90_seconds", 90}, {"t100_seconds", 100}} {
		if rank := nearestRank(audience, part.percent); 0 < rank && rank <= len(inTime) {
			report.MetricSeconds(part.metric, inTime[rank-1])
		}
	}
}

// inTime returns how long each took that is counted as having heard.
func (s *Spread) inTime() samples {
	known := 0
	for known < len(s.took) && s.took[known] <= s.within {
		known++
	}
	return s.took[:known]
}

// hostsIn returns the hosts for which the set holds true.
func hostsIn(set []bool) hostList {
	var hosts hostList
	for host, in := range set {
		if in {
			hosts = append(hosts, node.ID(host))
		}
	}
	return hosts
}
