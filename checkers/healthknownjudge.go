package checkers

import (
	"slices"

	"butterfly/node"
	"butterfly/sim/clock"
)

// dueOf is until when a server may be wrong about origin.
func (k *HealthKnown) dueOf(origin uint32) clock.Time {
	return max(k.calm, k.news[origin].changed).Add(k.promise.Bound)
}

// judge looks at the state before an observation is applied: the one that has held until now. Once
// the bound since the last disturbance is over it looks at everything, and from there on at what
// changed.
func (k *HealthKnown) judge(at clock.Time, report *Report) {
	k.judgeDoubted(report)
	if at <= k.calm.Add(k.promise.Bound) {
		k.due = k.calm.Add(k.promise.Bound)
		return
	}
	if !k.settled {
		k.settled = true
		for origin := range k.news {
			k.judgeOrigin(at, uint32(origin), report)
		}
	}
	for k.next < len(k.recent) && at > k.recent[k.next].at.Add(k.promise.Bound) {
		if change := k.recent[k.next]; change.at > k.calm {
			k.judgeOrigin(at, change.origin, report)
		}
		k.next++
	}
	k.sweep()
}

// judgeDoubted judges what hosts have come to believe at an instant that is over, if it is still owed.
func (k *HealthKnown) judgeDoubted(report *Report) {
	for _, d := range k.doubted {
		if d.at > k.dueOf(d.origin) {
			k.judgeHost(d.at, d.host, d.origin, report)
		}
	}
	k.doubted = k.doubted[:0]
}

// sweep drops what has been judged, now and then, and finds out when the next is due.
func (k *HealthKnown) sweep() {
	if k.next > len(k.recent)/2 {
		k.recent = slices.Delete(k.recent, 0, k.next)
		k.next = 0
	}
	k.due = clock.Never
	if k.next < len(k.recent) {
		k.due = k.recent[k.next].at.Add(k.promise.Bound)
	}
}

func (k *HealthKnown) judgeOrigin(at clock.Time, origin uint32, report *Report) {
	if k.knowledge.wrong[origin] == 0 || at <= k.dueOf(origin) {
		return
	}
	for host := range k.stalled {
		k.judgeHost(at, node.ID(host), origin, report)
	}
}

// judgeHost judges what a host believes of an origin whose time is over.
func (k *HealthKnown) judgeHost(at clock.Time, host node.ID, origin uint32, report *Report) {
	side := k.registry.sides.side
	if !k.knowledge.present[host] || k.stalled[host] || !k.knowledge.isWrong(host, origin) ||
		k.registry.demandOn(side[host], origin) != owed {
		return
	}
	report.Violate(PropertyHealthKnown, k.dueOf(origin),
		"host %d believes origin %d is %v at %v, but it is %v since %v; with nothing else "+
			"disturbed since %v the bound is %v = %s", host, origin, verdict(k.knowledge.row(host)[origin]), at,
		verdict(k.knowledge.truth[origin]), k.news[origin].turned, k.calm, k.promise.Bound,
		k.promise.Terms)
}
