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
	if u.traffic.Bound == 0 || !u.sends(host, origin) {
		return
	}
	s, t := &u.servers[host], &u.targets[origin]
	calm, bound := max(t.changed, s.calm), u.bound(s)
	due := calm.Add(bound)
	l := &s.lanes[t.pool]
	if !l.whole() {
		due = max(due, l.broken) // until then the pool may have panicked
	}
	if at <= due || l.whole() && u.mayPanic(s, t.pool, at) {
		return
	}
	report.Violate(PropertyRoutesAround, due,
		"at %v host %d sends requests to origin %d, which is dead since %v; nothing has happened to "+
			"either since %v, and by the bound %v = %s there was time until %v",
		at, host, origin, t.death.at, calm, bound, u.terms(bound), due)
}

// bound is how long a server may take on its side.
func (u *Users) bound(s *server) time.Duration {
	if u.traffic.Extra == nil {
		return u.traffic.Bound
	}
	return u.traffic.Bound + u.traffic.Extra(s.live)
}

func (u *Users) terms(bound time.Duration) string {
	if extra := bound - u.traffic.Bound; extra > 0 {
		return u.traffic.Terms + " + " + extra.String() + " on so small a side"
	}
	return u.traffic.Terms
}

// mayPanic reports whether a server may be right to send requests to all of a pool. What it knows and
// may have to keep out of the pool counts against it: what is not registered any more, what is down, and
// what has been down not long ago.
func (u *Users) mayPanic(s *server, pool uint32, at clock.Time) bool {
	settled := u.bound(s) + u.traffic.Recovery
	var known, available uint64
	for _, origin := range u.pools[pool] {
		t := &u.targets[origin]
		if s.views[origin]&knows == 0 {
			continue
		}
		known += uint64(t.weight)
		if t.registered && !t.down && (t.changed == 0 || at >= t.changed.Add(settled)) {
			available += uint64(t.weight)
		}
	}
	return available*uint64(rng.Always) < known*uint64(u.traffic.PanicPPM)
}
