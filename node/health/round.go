package health

// round is a ring of queued origins in order of time. An origin removed from its middle leaves its
// item behind, stale, until the items before it are gone; neither end of an empty round exists, and
// the first item is never stale.
type round struct {
	slots      []queued // a power of two of them
	head, tail uint     // items head to tail-1, each in the slot of its number modulo the slots
}

// smallestRound is how many slots a round begins with.
const smallestRound = 16

func (r *round) slot(number uint) int { return int(number) & (len(r.slots) - 1) }

func (r *round) first() (item queued, ok bool) {
	if r.head == r.tail {
		return queued{}, false
	}
	return r.slots[r.slot(r.head)], true
}

func (r *round) last() (item queued, ok bool) {
	if r.head == r.tail {
		return queued{}, false
	}
	return r.slots[r.slot(r.tail-1)], true
}

// roundAdd adds an item after all others of the round.
func (q *queue) roundAdd(item queued) {
	r := &q.round
	if int(r.tail-r.head) == len(r.slots) {
		q.roundGrow()
	}
	slot := r.slot(r.tail)
	r.slots[slot] = item
	r.tail++
	q.origins[item.origin].place = -int32(slot) - 1
}

// roundTrim removes stale items from the front.
func (q *queue) roundTrim() {
	for r := &q.round; r.head != r.tail && q.stale(r.slot(r.head)); {
		r.head++
	}
}

// stale reports whether the item in a slot is of an origin that is no longer queued there.
func (q *queue) stale(slot int) bool {
	return q.origins[q.round.slots[slot].origin].place != -int32(slot)-1
}

// roundGrow doubles the round, and leaves out what is stale.
func (q *queue) roundGrow() {
	old := q.round
	q.round = round{slots: make([]queued, max(smallestRound, 2*len(old.slots)))}
	for number := old.head; number != old.tail; number++ {
		slot := old.slot(number)
		if item := old.slots[slot]; q.origins[item.origin].place == -int32(slot)-1 {
			q.roundAdd(item)
		}
	}
}
