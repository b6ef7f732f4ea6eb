package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// judgeAll holds every server to the promise about every origin that is dead. Whatever ends or suspends
// the promise is preceded by it, so that nobody is late without being seen to.
func (u *Users) judgeAll(at clock.Time, report *Report) {
	for _, origin := range u.dead {
		u.judgeOrigin(origin, at, report)
	}
}

func (u *Users) judgeOrigin(origin uint32, at clock.Time, report *Report) {
	if !u.targets[origin].down {
		return
	}
	for host := range u.servers {
		u.judge(node.ID(host), origin, at, report)
	}
}

// judge reports a server that until now has sent requests to an origin that it should have routed
// around.
func (u *Users) judge(host node.ID, origin uint32, at clock.Time, report *Report) {
	s, t := &u.servers[host], &u.targets[origin]
	if u.traffic.Bound == 0 || !u.sends(host, origin) {
		return
	}
	known := u.knownBy(s, t)
	if at <= known {
		return
	}
	leaving := u.leaving(s, t)
	l := &s.lanes[t.pool]
	due := max(known.Add(leaving), l.panicked)
	if at <= due || l.whole() && u.mayPanic(s, t.pool, at) {
		return
	}
	report.Violate(PropertyRoutesAround, due,
		"at %v host %d sends requests to origin %d, which is dead since %v; with nothing else disturbed "+
			"since %v, and %v to settle, the bound %v = %s + %v leaving gave it until %v", at, host, origin,
		t.death.at, max(t.told, s.calm), u.settle(s.live), u.traffic.Bound+leaving, u.traffic.Terms,
		leaving, due)
}

// knownBy is when a server knows of the last turn of an origin, at the latest.
func (u *Users) knownBy(s *server, t *target) clock.Time {
	checked := max(t.told, s.calm).Add(u.settle(s.live))
	return max(t.turned, checked, u.seclusion.until(s.id)).Add(u.traffic.Bound)
}

// settle is how long it may take until all is checked on a side of so many live servers.
func (u *Users) settle(live int) time.Duration {
	if u.traffic.Settle == nil {
		return 0
	}
	return u.traffic.Settle(live)
}

// leaving is how long a server may take to route around a dead origin of which it knows. Ahead of it may
// wait, of its pool, what is down, and what is not known to be up again when it dies.
func (u *Users) leaving(s *server, t *target) time.Duration {
	if u.traffic.Leaving == nil {
		return 0
	}
	unhealthy, known := 0, 0
	for _, origin := range u.pools[t.pool] {
		if s.views[origin]&knows == 0 {
			continue
		}
		other := &u.targets[origin]
		known++
		unhealthy += oneIf(other.down || other.turned > 0 && u.knownBy(s, other) > t.turned)
	}
	return u.traffic.Leaving(unhealthy, known)
}

// shrink is told that a server is about to forget an origin of a pool. What is left may be no reason to
// panic, if the forgotten one was dead: then a panic that was right until this instant ends within it.
func (u *Users) shrink(host node.ID, pool uint32, at clock.Time) {
	s := &u.servers[host]
	if l := &s.lanes[pool]; l.whole() && u.mayPanic(s, pool, at) {
		l.panicked = at
	}
}

// mayPanic reports whether a server may be right to send requests to all of a pool. What it knows and
// may have to keep out of the pool counts against it: what is not registered any more, what is down, and
// what has been down not long ago.
func (u *Users) mayPanic(s *server, pool uint32, at clock.Time) bool {
	var known, available uint64
	for _, origin := range u.pools[pool] {
		t := &u.targets[origin]
		if s.views[origin]&knows == 0 {
			continue
		}
		known += uint64(t.weight)
		if t.registered && !t.down && u.recovered(s, t, at) {
			available += uint64(t.weight)
		}
	}
	return available*uint64(rng.Always) < known*uint64(u.traffic.PanicPPM)
}

// recovered reports whether an origin that is up is sure to be in rotation, as it is if it has never been
// down.
func (u *Users) recovered(s *server, t *target, at clock.Time) bool {
	return t.turned == 0 && t.told == 0 || at >= u.knownBy(s, t).Add(u.traffic.Recovery)
}
