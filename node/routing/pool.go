package routing

import (
	"butterfly/sim/clock"
	"butterfly/sim/invariant"
)

// pool is the origins that answer the same requests.
type pool struct {
	members   []uint32 // its origins, in no order
	lots      lots     // by slot: the weight with which requests go to the member
	weight    uint32   // of all members
	available uint32   // of those that are in rotation and healthy
	routed    uint32   // of those that requests go to: the sum of lots
	panicking bool

	first, last link       // the line of those that wait to leave
	windowEnd   clock.Time // when the churn window is over that is open, or was the last one
	left        uint64     // the weight that has left within it
}

// enter puts an origin that is not in the table into a pool, and into rotation.
func (t *Table) enter(now clock.Time, origin, pool uint32, weight uint16) {
	o := &t.origins[origin]
	first := o.state == unknown
	t.join(origin, pool, weight)
	o.rejoined, o.departures = now, 0
	t.become(origin, serving)
	t.shift(origin, 0, uint32(weight))
	switch {
	case first && weight == 0:
		t.emit(origin, 0) // until something is said of an origin, requests are taken to go there
	case !first && weight > 0:
		t.emit(origin, 1)
	}
	t.settle(now, pool)
}

// transfer moves an origin to another pool. It stays in or out of rotation; if it waits to return,
// it does so from the beginning.
func (t *Table) transfer(now clock.Time, origin, pool uint32, weight uint16) {
	o := &t.origins[origin]
	state, from, before := o.state, o.pool, t.share(origin)
	t.become(origin, removed)
	t.shift(origin, before, 0)
	t.quit(origin)
	t.settle(now, from)
	t.join(origin, pool, weight)
	t.become(origin, state)
	if state == returning {
		t.schedule(origin, now.Add(t.debounce(o.departures)))
	}
	t.shift(origin, 0, t.share(origin))
	t.say(origin, before, t.share(origin))
	t.settle(now, pool)
}

// reweigh gives an origin another weight, which is no departure even if the weight is 0.
func (t *Table) reweigh(now clock.Time, origin uint32, weight uint16) {
	o := &t.origins[origin]
	p := &t.pools[o.pool]
	before, more := t.share(origin), uint32(weight)-uint32(o.weight)
	o.weight = weight
	p.weight += more
	if o.state == serving {
		p.available += more
	}
	t.tell(origin, before, t.share(origin))
	t.settle(now, o.pool)
}

// join makes an origin a member of a pool.
func (t *Table) join(origin, into uint32, weight uint16) {
	for int(into) >= len(t.pools) {
		t.pools = append(withRoom(t.pools), pool{})
	}
	o, p := &t.origins[origin], &t.pools[into]
	o.pool, o.weight, o.slot = into, weight, uint32(len(p.members))
	p.members = append(withRoom(p.members), origin)
	p.lots = p.lots.grown()
	p.weight += uint32(weight)
	if invariant.Enabled {
		invariant.Check(p.weight >= uint32(weight), "the weights of pool %d sum to 2^32 or more", into)
	}
}

// withRoom returns a slice with room for one more. Pools hardly ever grow, and there are many: to
// double each would leave nearly half of its memory unused.
func withRoom[S ~[]E, E any](s S) S {
	if len(s) < cap(s) {
		return s
	}
	return append(make(S, 0, len(s)+max(4, len(s)/8)), s...)
}

// quit ends the membership of an origin that has no share any more. The last member takes its slot.
func (t *Table) quit(origin uint32) {
	o := &t.origins[origin]
	p := &t.pools[o.pool]
	p.weight -= uint32(o.weight)
	end := len(p.members) - 1
	mover := p.members[end]
	share := t.share(mover)
	p.lots.add(end, -share)
	p.members, p.lots = p.members[:end], p.lots[:end]
	if mover != origin {
		p.members[o.slot], t.origins[mover].slot = mover, o.slot
		p.lots.add(int(o.slot), share)
	}
}
