package fidelity

import (
	"cmp"
	"slices"
	"time"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/sim/clock"
)

// Log is what was seen in one trial, in any order. All times are by one clock.
type Log struct {
	// Began is when the trial did, Killed when the server died that the course names.
	Began, Killed clock.Time
	Events        []Seen
	Checks        []Check
	// Rest is the traffic of all servers while they were at rest.
	Rest Traffic
}

// Seen is an event, and at which server. Servers and origins have their numbers in [Config],
// whatever they are called elsewhere. Events that nothing is measured by may be left out: it takes
// HealthChanged, Believed and MemberDead.
type Seen struct {
	At     clock.Time
	Server node.ID
	Event  node.Event
}

// Check is a check of an origin, by whomever.
type Check struct {
	At     clock.Time
	Origin uint32
}

// Traffic counts what servers send in some time. The bytes of calls include those of the answers.
type Traffic struct {
	For                                        time.Duration
	Datagrams, DatagramBytes, Calls, CallBytes int
}

// Measure makes a measurement of a trial: the values of each quantity.
func (l *Log) Measure(config *Config, course *Course) (s Sample) {
	s.Trials = 1
	byTime := func(a, b Seen) int { return cmp.Compare(a.At, b.At) }
	slices.SortStableFunc(l.Events, byTime)
	for _, outage := range course.Outages {
		l.measureSpread(config, outage, &s)
	}
	l.measureDetection(config, course.Killed, &s)
	l.measureGap(config, &s)
	l.measureTraffic(config, &s)
	return s
}

// measureSpread follows the news of an outage from the first server that has found it out.
func (l *Log) measureSpread(config *Config, outage Outage, s *Sample) {
	found := l.first(func(e *Seen) bool {
		return e.Event.Kind == node.HealthChanged && e.Event.Subject == outage.Origin &&
			e.Event.A == uint64(health.Unhealthy) && e.At >= l.Began.Add(outage.At)
	})
	if found < 0 {
		s.miss(SpreadHalf, SpreadAll)
		return
	}
	began := l.Events[found].At
	times := l.firsts(config.Servers, func(e *Seen) bool {
		return e.Event.Kind == node.Believed && e.Event.Subject == outage.Origin &&
			e.Event.A == uint64(health.Unhealthy) && e.At >= began
	})
	s.reach(SpreadHalf, times, (config.Servers+1)/2, began)
	s.reach(SpreadAll, times, config.Servers, began)
}

// measureDetection follows the news of the death.
func (l *Log) measureDetection(config *Config, killed node.ID, s *Sample) {
	times := l.firsts(config.Servers, func(e *Seen) bool {
		return e.Event.Kind == node.MemberDead && e.Event.Subject == uint32(killed) &&
			e.Server != killed && e.At >= l.Killed
	})
	s.reach(FirstDetection, times, 1, l.Killed)
	s.reach(FullDetection, times, config.Servers-1, l.Killed)
}

// first returns the index of the first event of some kind, -1 if there is none.
func (l *Log) first(is func(*Seen) bool) int {
	return slices.IndexFunc(l.Events, func(e Seen) bool { return is(&e) })
}

// firsts returns when each of the servers that ever did first saw an event of some kind, in
// ascending order.
func (l *Log) firsts(servers int, is func(*Seen) bool) (times []clock.Time) {
	had := make([]bool, servers)
	for i := range l.Events {
		if e := &l.Events[i]; is(e) && !had[e.Server] {
			had[e.Server] = true
			times = append(times, e.At)
		}
	}
	return times
}

// measureGap finds the longest time between two checks of an origin that ended after the kill. A
// server that dies leaves a gap that begins with its last check before.
func (l *Log) measureGap(config *Config, s *Sample) {
	slices.SortFunc(l.Checks, func(a, b Check) int { return cmp.Compare(a.At, b.At) })
	last := make([]clock.Time, config.Origins)
	longest := time.Duration(0)
	for _, check := range l.Checks {
		before := last[check.Origin]
		last[check.Origin] = check.At
		if before != 0 && check.At > l.Killed {
			longest = max(longest, check.At.Sub(before))
		}
	}
	if slices.ContainsFunc(last, func(at clock.Time) bool { return at <= l.Killed }) {
		s.miss(TakeoverGap) // an origin was never checked again
		return
	}
	s.add(TakeoverGap, longest.Seconds())
}

func (l *Log) measureTraffic(config *Config, s *Sample) {
	serverSeconds := float64(config.Servers) * l.Rest.For.Seconds()
	s.add(Datagrams, float64(l.Rest.Datagrams)/serverSeconds)
	s.add(DatagramBytes, float64(l.Rest.DatagramBytes)/serverSeconds)
	s.add(Calls, float64(l.Rest.Calls)/serverSeconds)
	s.add(CallBytes, float64(l.Rest.CallBytes)/serverSeconds)
}
