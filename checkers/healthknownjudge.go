package checkers

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// calmEnds is until when anybody may be wrong about anything, because of the last disturbance.
func (k *HealthKnown) calmEnds() clock.Time {
	return k.calm.Add(k.promise.Settle + k.promise.Bound)
}

// dueOf is until when a server may be wrong about origin.
func (k *HealthKnown) dueOf(origin uint32) clock.Time {
	n := &k.news[origin]
	return max(k.calmEnds(), max(n.turned, n.checked).Add(k.promise.Bound))
}

// judge looks at the state before an observation is applied: the one that has held until now. Once
// the time since the last disturbance is over it looks at everything, and from there on at what
// changed.
func (k *HealthKnown) judge(at clock.Time, report *Report) {
	k.registry.introduce(at)
	k.judgeDoubted(report)
	if at <= k.calmEnds() {
		k.due = k.calmEnds()
		return
	}
	everything := !k.judged
	if everything {
		k.judged = true
		for origin := range k.news {
			k.judgeOrigin(at, uint32(origin), report)
		}
	}
	for _, list := range []*agenda{&k.turns, &k.orders} {
		for list.next() < at {
			if item := list.pop(); !everything && item.due > k.calmEnds() {
				k.judgeOrigin(at, item.subject, report)
			}
		}
	}
	for k.freed.next() < at {
		k.judgeFreed(at, node.ID(k.freed.pop().subject), report)
	}
	k.due = min(k.turns.next(), k.orders.next(), k.freed.next())
}

// judgeFreed judges a host that was secluded the bound ago.
func (k *HealthKnown) judgeFreed(at clock.Time, host node.ID, report *Report) {
	for origin := range k.news {
		k.judgeHost(at, host, uint32(origin), report)
	}
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

func (k *HealthKnown) judgeOrigin(at clock.Time, origin uint32, report *Report) {
	if k.knowledge.wrong[origin] == 0 || at <= k.dueOf(origin) {
		return
	}
	for host := range k.stalled {
		k.judgeHost(at, node.ID(host), origin, report)
	}
}

// judgeHost judges what a host believes of an origin, if its time is over.
func (k *HealthKnown) judgeHost(at clock.Time, host node.ID, origin uint32, report *Report) {
	due := max(k.dueOf(origin), k.seclusion.until(host).Add(k.promise.Bound))
	if at <= due || !k.knowledge.present[host] || k.stalled[host] ||
		!k.knowledge.isWrong(host, origin) || k.registry.demandOf(host, origin) != owed {
		return
	}
	report.Violate(PropertyHealthKnown, due,
		"host %d believes origin %d is %v at %v, but it is %v since %v; with nothing else "+
			"disturbed since %v, and %v to settle, the bound is %v = %s", host, origin,
		verdict(k.knowledge.row(host)[origin]), at, verdict(k.knowledge.truth[origin]),
		k.news[origin].turned, k.calm, k.promise.Settle, k.promise.Bound, k.promise.Terms)
}
