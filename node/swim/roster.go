package swim

import (
	"slices"

	"butterfly/node"
	"butterfly/sim/rng"
)

// roster is the order in which members are probed: SWIM's round robin (section 4.3). Members that
// have gone keep their places until the end of the traversal and are passed over.
type roster struct {
	order []node.ID // each member once; listed in its table entry
	next  int       // 0 <= next <= len(order)
}

// insert gives a new member a uniformly random place: perhaps one already passed in this traversal.
func (r *roster) insert(id node.ID, rand *rng.Rand) {
	place := rand.Intn(len(r.order) + 1)
	r.order = slices.Insert(r.order, place, id)
	if place < r.next {
		r.next++
	}
}

// advance returns the next member to probe, and whether there is any.
func (r *roster) advance(members *table, rand *rng.Rand) (node.ID, bool) {
	for {
		if r.next == len(r.order) {
			r.rewind(members, rand)
		}
		if len(r.order) == 0 {
			return node.Nobody, false
		}
		id := r.order[r.next]
		r.next++
		if members.entries[id].state.live() {
			return id, true
		}
	}
}

// rewind begins a new traversal: without the members that have gone, in a new order.
func (r *roster) rewind(members *table, rand *rng.Rand) {
	r.next = 0
	r.order = slices.DeleteFunc(r.order, func(id node.ID) bool {
		e := &members.entries[id]
		e.listed = e.state.live()
		return !e.listed
	})
	rand.Shuffle(len(r.order), func(i, j int) { r.order[i], r.order[j] = r.order[j], r.order[i] })
}
