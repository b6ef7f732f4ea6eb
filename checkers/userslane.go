package checkers

import (
	"math/bits"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// lane is the requests of one server for one pool, by the weight of the origins it knows.
type lane struct {
	since clock.Time // from when on requests have not been accounted for
	// panicked is until when the pool may have been right to panic, as far as that ended at once: its
	// requests ceased to go to all of it, or the server forgot an origin of it.
	panicked clock.Time

	known  uint32
	routed uint32 // of known
	dead   uint32 // of routed

	condemned uint32 // of known: what the server takes for unhealthy
	unaware   uint32 // of dead: what it does not
	open      bool   // it fails open
}

// whole reports whether requests go to all origins of the pool, as they do when it panics.
func (l *lane) whole() bool { return l.routed == l.known }

// judgeOpen notes whether the pool fails open: from when too little of it is taken for healthy until all
// of it is, or requests do not go to all of it. It may have to wait for those that are to return.
func (l *lane) judgeOpen(panicPPM rng.PPM) {
	healthy := uint64(l.known - l.condemned)
	short := healthy*uint64(rng.Always) < uint64(l.known)*uint64(panicPPM)
	l.open = l.whole() && (short || l.open && l.condemned > 0)
}

// integral is a share, integrated over time, exactly but for less than a nanosecond per change.
type integral struct {
	whole, part uint64 // nanoseconds
}

// add accounts for a span in which the share was part/whole. whole is above 0, and part not above it.
func (i *integral) add(span time.Duration, part, whole uint64) {
	i.part += shareOf(span, part, whole)
	i.whole += uint64(span)
}

// shareOf returns part/whole of a span, in nanoseconds.
func shareOf(span time.Duration, part, whole uint64) uint64 {
	high, low := bits.Mul64(uint64(span), part)
	share, _ := bits.Div64(high, low, whole)
	return share
}

// ppm returns part as parts per million of whole, 0 of nothing.
func ppm(part, whole uint64) float64 {
	return float64(part) / float64(max(whole, 1)) * float64(rng.Always)
}

// see sets or clears a bit of what a server knows and does, and moves the origin's weight with it.
func (u *Users) see(host node.ID, origin uint32, bit view, on bool, at clock.Time) {
	s := &u.servers[host]
	whole := u.withdraw(s, origin, at)
	s.views[origin] &^= bit
	if on {
		s.views[origin] |= bit
	}
	u.contribute(s, origin, at, whole)
}

// withdraw takes an origin's weight out of a server's sums, up to now accounted for. It reports whether
// the requests for its pool went to all of it.
func (u *Users) withdraw(s *server, origin uint32, at clock.Time) (whole bool) {
	t := &u.targets[origin]
	l := &s.lanes[t.pool]
	whole = l.whole()
	u.account(s, l, at)
	u.accountHealthy(s, at)
	u.weigh(s, t, s.views[origin], -t.weight)
	return whole
}

// contribute puts it in again, as the origin and the server now are.
func (u *Users) contribute(s *server, origin uint32, at clock.Time, whole bool) {
	t := &u.targets[origin]
	u.weigh(s, t, s.views[origin], t.weight)
	l := &s.lanes[t.pool]
	if whole && !l.whole() {
		l.panicked = at
	}
	l.judgeOpen(u.traffic.PanicPPM)
}

// weigh adds to the sums that an origin counts in: its weight, or 2^32 less it to take it out.
func (u *Users) weigh(s *server, t *target, v view, weight uint32) {
	if !t.registered || v&knows == 0 {
		return
	}
	l, sends := &s.lanes[t.pool], v&routes != 0
	l.known += weight
	if sends {
		l.routed += weight
	}
	if v&condemns != 0 {
		l.condemned += weight
	}
	if sends && t.down {
		l.dead += weight
	}
	if sends && t.down && v&condemns == 0 {
		l.unaware += weight
	}
	if !t.down {
		s.healthy += weight
	}
	if !t.down && !sends {
		s.avoided += weight
	}
}

// account adds up a lane's requests until now.
func (u *Users) account(s *server, l *lane, at clock.Time) {
	span := at.Sub(l.since)
	l.since = at
	switch {
	case !s.serves() || l.known == 0 || span == 0:
	case l.routed == 0:
		u.requests.whole += uint64(span)
		u.refused += uint64(span)
	default:
		u.requests.add(span, uint64(l.dead), uint64(l.routed))
		u.explain(span, l)
	}
}

// explain accounts for why requests went to the dead.
func (u *Users) explain(span time.Duration, l *lane) {
	if l.open {
		u.failedOpen += shareOf(span, uint64(l.dead), uint64(l.routed))
	} else {
		u.unaware += shareOf(span, uint64(l.unaware), uint64(l.routed))
	}
}

func (u *Users) accountHealthy(s *server, at clock.Time) {
	if span := at.Sub(s.since); s.serves() && s.healthy > 0 && span > 0 {
		u.avoided.add(span, uint64(s.avoided), uint64(s.healthy))
	}
	s.since = at
}

// accountAll adds up all of a server's requests until now. It comes before any change of whether the
// server has users.
func (u *Users) accountAll(s *server, at clock.Time) {
	for pool := range s.lanes {
		u.account(s, &s.lanes[pool], at)
	}
	u.accountHealthy(s, at)
}

// measure ends the run.
func (u *Users) measure(at clock.Time, report *Report) {
	for host := range u.servers {
		u.accountAll(&u.servers[host], at)
	}
	dead := u.requests.part
	report.Metric("requests_dead_ppm", ppm(dead, u.requests.whole))
	report.Metric("requests_dead_seconds", time.Duration(dead).Seconds())
	report.Metric("requests_failed_open_ppm", ppm(u.failedOpen, u.requests.whole))
	report.Metric("requests_unaware_ppm", ppm(u.unaware, u.requests.whole))
	report.Metric("requests_refused_ppm", ppm(u.refused, u.requests.whole))
	report.Metric("healthy_avoided_ppm", ppm(u.avoided.part, u.avoided.whole))
	u.measureDeaths(report)
}
