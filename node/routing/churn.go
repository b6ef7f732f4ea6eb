package routing

import (
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// letLeave takes those out of rotation that wait to leave, in the order of the line, as long as the
// churn cap lets them, and sets an alarm for the next one.
func (t *Table) letLeave(now clock.Time, p *pool) {
	for p.first != 0 && t.mayLeave(now, p) {
		t.depart(now, p, p.first.origin())
	}
	if p.first != 0 {
		t.schedule(p.first.origin(), p.windowEnd)
	}
}

// mayLeave reports whether the first of the line fits into the present window, or begins one.
func (t *Table) mayLeave(now clock.Time, p *pool) bool {
	if now >= p.windowEnd {
		return true
	}
	after := p.left + uint64(t.origins[p.first.origin()].weight)
	return after*uint64(rng.Always) <= uint64(p.weight)*uint64(t.config.ChurnPPM)
}

func (t *Table) depart(now clock.Time, p *pool, origin uint32) {
	o := &t.origins[origin]
	if now >= p.windowEnd {
		p.windowEnd, p.left = now.Add(t.config.ChurnWindow), 0
	}
	p.left += uint64(o.weight)
	t.countDeparture(now, o)
	t.change(origin, out)
}

// lineUp puts an origin at the end of a pool's line.
func (t *Table) lineUp(p *pool, origin uint32) {
	t.wait(origin).ahead = p.last
	if p.last != 0 {
		t.wait(p.last.origin()).behind = linkTo(origin)
	} else {
		p.first = linkTo(origin)
	}
	p.last = linkTo(origin)
}

// stepOut takes an origin out of a pool's line, from wherever it stands.
func (t *Table) stepOut(p *pool, origin uint32) {
	w := t.wait(origin)
	if w.ahead != 0 {
		t.wait(w.ahead.origin()).behind = w.behind
	} else {
		p.first = w.behind
	}
	if w.behind != 0 {
		t.wait(w.behind.origin()).ahead = w.ahead
	} else {
		p.last = w.ahead
	}
}
