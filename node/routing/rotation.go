package routing

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// change takes an origin to another state and says so if that changes where requests go.
func (t *Table) change(origin uint32, to state) {
	before := t.share(origin)
	t.become(origin, to)
	t.tell(origin, before, t.share(origin))
}

// become takes an origin to another state. What is kept because of the old one goes with it: the
// deadline and the place in the line.
func (t *Table) become(origin uint32, to state) {
	o := &t.origins[origin]
	p := &t.pools[o.pool]
	switch o.state {
	case serving:
		p.available -= uint32(o.weight)
	case leaving:
		t.stepOut(p, origin)
		t.dismiss(origin)
	case returning:
		t.dismiss(origin)
	}
	t.waits.keep(o, to.waits())
	o.state = to
	switch to {
	case serving:
		p.available += uint32(o.weight)
	case leaving:
		t.lineUp(p, origin)
	}
}

// share is the weight with which requests go to an origin, 0 if none do.
func (t *Table) share(origin uint32) uint32 {
	o := &t.origins[origin]
	if o.state.inRotation() || o.state.present() && t.pools[o.pool].panicking {
		return uint32(o.weight)
	}
	return 0
}

// tell notes that the weight with which requests go to an origin changes, and says so if they begin
// or end to go there.
func (t *Table) tell(origin uint32, before, after uint32) {
	t.shift(origin, before, after)
	t.say(origin, before, after)
}

func (t *Table) shift(origin uint32, before, after uint32) {
	if more := after - before; more != 0 {
		o := &t.origins[origin]
		p := &t.pools[o.pool]
		p.routed += more
		p.lots.add(int(o.slot), more)
	}
}

func (t *Table) say(origin uint32, before, after uint32) {
	switch {
	case before == 0 && after > 0:
		t.emit(origin, 1)
	case before > 0 && after == 0:
		t.emit(origin, 0)
	}
}

func (t *Table) emit(origin uint32, routed uint64) {
	t.events = append(t.events, node.Event{Kind: node.Routed, Subject: origin, A: routed})
}

// settle applies the rules of a pool after anything in it has changed. Panic comes first: whoever
// leaves rotation then does so without being missed, and without a word.
func (t *Table) settle(now clock.Time, pool uint32) {
	t.judgePanic(&t.pools[pool])
	t.letLeave(now, &t.pools[pool])
}
