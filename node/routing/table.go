package routing

import (
	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Table is to which origins one server's requests go. The zero value is of no use: see [New].
type Table struct {
	config  Config
	origins []origin // by number
	pools   []pool   // by number
	waits   waits
	due     []deadline
	events  []node.Event
}

// New returns a table with room for origins 0 to origins-1, which holds none yet. config is valid.
func New(config Config, origins int) *Table {
	return &Table{config: config, origins: make([]origin, origins), waits: newWaits()}
}

// Add puts an origin into a pool; pools are numbered densely from 0. It is in rotation at once,
// until [Table.Set] says otherwise. An origin that is in the table already moves to that pool and
// gets that weight, and stays in or out of rotation; one that waits to leave goes to the end of the
// new pool's line. Requests go to origins of one pool in proportion to their weights, never to one
// of weight 0; the weights of a pool sum to less than 2^32.
func (t *Table) Add(now clock.Time, origin, pool uint32, weight uint16) {
	o := &t.origins[origin]
	switch {
	case !o.state.present():
		t.enter(now, origin, pool, weight)
	case o.pool != pool:
		t.transfer(now, origin, pool, weight)
	case o.weight != weight:
		t.reweigh(now, origin, weight)
	}
}

// Remove takes an origin out of the table, if it is there. Its past is forgotten.
func (t *Table) Remove(now clock.Time, origin uint32) {
	o := &t.origins[origin]
	if !o.state.present() {
		return
	}
	share := t.share(origin)
	t.become(origin, removed)
	t.tell(origin, share, 0)
	t.quit(origin)
	t.settle(now, o.pool)
}

// Set takes note of whether an origin is healthy. It does nothing for one that is not in the table.
// One that is unhealthy in the very instant in which it was added was never in rotation: neither
// the churn cap nor, once it is healthy, the debounce applies to it.
func (t *Table) Set(now clock.Time, origin uint32, healthy bool) {
	o := &t.origins[origin]
	switch state := o.state; {
	case healthy && state == leaving:
		t.change(origin, serving)
	case healthy && state == out:
		t.recover(now, origin)
	case !healthy && state == serving && o.departures == 0 && o.rejoined == now:
		t.change(origin, out) // it has only just been added, and is not missed by anybody
	case !healthy && state == serving:
		t.change(origin, leaving)
	case !healthy && state == returning:
		t.change(origin, out)
	default:
		return
	}
	t.settle(now, o.pool)
}

// Next returns when the table wants to be woken: [clock.Never] if only an input can change
// anything.
func (t *Table) Next() clock.Time {
	if len(t.due) == 0 {
		return clock.Never
	}
	return t.due[0].at
}

// Wake does what has become due.
func (t *Table) Wake(now clock.Time) {
	for t.Next() <= now {
		origin := t.due[0].origin
		t.dismiss(origin)
		if t.origins[origin].state == returning {
			t.rejoin(now, origin)
		}
		t.settle(now, t.origins[origin].pool)
	}
}

// TakeEvents returns what happened since it was last called: [node.Routed], each of them a change.
// The slice is valid until the next call of any method.
func (t *Table) TakeEvents() []node.Event {
	taken := t.events
	t.events = t.events[:0]
	return taken
}

// Choose returns the origin for one request to a pool: each that is routed with a probability in
// proportion to its weight. It draws once. ok is false if there is none.
func (t *Table) Choose(pool uint32, luck *rng.Rand) (origin uint32, ok bool) {
	if int(pool) >= len(t.pools) || t.pools[pool].routed == 0 {
		luck.Skip(1)
		return 0, false
	}
	p := &t.pools[pool]
	return p.members[p.lots.find(uint32(luck.Below(uint64(p.routed))))], true
}

// Panicking reports whether requests go to all of a pool, because too little of it is available.
func (t *Table) Panicking(pool uint32) bool {
	return int(pool) < len(t.pools) && t.pools[pool].panicking
}

// Routed reports whether requests go to an origin.
func (t *Table) Routed(origin uint32) bool { return t.share(origin) > 0 }
