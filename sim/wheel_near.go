package sim

import "butterfly/sim/clock"

// nearCapacity leaves room for insertions after the longest chain that is loaded.
const nearCapacity = 256

// nearShort is up to how many events in the list one after them is better added to them than put
// into a slot, to be fetched from there soon: in a sparse queue no event ever sees a slot.
const nearShort = 32

// nearList holds the very next events in ascending order. All pushes due before limit go there.
//
// Invariants: 0 <= head <= tail <= nearCapacity; events[head:tail] is sorted by (at, seq).
type nearList struct {
	limit      uint64 // unsigned, for the limit after clock.Never
	head, tail int
	events     [nearCapacity]event
}

func (n *nearList) covers(at clock.Time) bool { return uint64(at) < n.limit }

func (n *nearList) empty() bool { return n.head == n.tail }

func (n *nearList) full() bool { return n.tail == nearCapacity }

func (n *nearList) short() bool { return n.tail-n.head < nearShort }

func (n *nearList) first() *event { return &n.events[n.head] }

func (n *nearList) pop() *event {
	e := n.first()
	n.head++
	return e
}

// insert makes room for an event, the last pushed for its instant, in a list that is not full. It
// moves the events on the side where they are fewer.
func (n *nearList) insert(at clock.Time) *event {
	if n.head > 0 && n.short() {
		return n.slip(at)
	}
	i := n.position(at)
	if n.head > 0 && i-n.head < n.tail-i {
		copy(n.events[n.head-1:], n.events[n.head:i])
		n.head--
		i--
	} else {
		copy(n.events[i+1:], n.events[i:n.tail])
		n.tail++
	}
	return &n.events[i]
}

// slip is insert for a short list. It moves the events that stay in front of the new one while it looks
// for the place: they are few, and to search first and then to move takes as long as ten of them.
func (n *nearList) slip(at clock.Time) *event {
	pending := n.events[n.head:n.tail]
	n.head--
	place := &n.events[n.head]
	for i := range pending {
		e := &pending[i]
		if e.at > at {
			break
		}
		*place, place = *e, e
	}
	return place
}

// extend makes room at the end of a short list for an event that is due at the limit or later, and
// makes the list cover it.
func (n *nearList) extend(at clock.Time) *event {
	switch {
	case n.empty():
		n.head, n.tail = 0, 0
	case n.full():
		n.compact()
	}
	n.limit = uint64(at) + 1
	n.tail++
	return &n.events[n.tail-1]
}

// position returns the index after the last event due at the instant or before.
func (n *nearList) position(at clock.Time) int {
	low, high := n.head, n.tail
	for low < high {
		middle := int(uint(low+high) / 2)
		if n.events[middle].at <= at {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// reset makes an empty list cover everything before limit.
func (n *nearList) reset(limit uint64) {
	n.head, n.tail, n.limit = 0, 0, limit
}

// append adds events that are in order and after all others.
func (n *nearList) append(events []event) {
	n.tail += copy(n.events[n.tail:], events)
}

// split takes the later half of the list out of it, if it is more than half full, and lowers the
// limit to the first of them. It does not part the events of one instant, so that those that stay
// never get behind those that go; hence the later half may be all of the list. It is valid until the
// next change.
func (n *nearList) split() []event {
	pending := n.events[n.head:n.tail]
	if len(pending) <= nearCapacity/2 {
		return nil
	}
	cut := len(pending) / 2
	boundary := pending[cut].at
	for cut > 0 && pending[cut-1].at == boundary {
		cut--
	}
	n.limit = uint64(boundary)
	n.tail = n.head + cut
	return pending[cut:]
}

// compact moves the events to the start of the array.
func (n *nearList) compact() {
	n.tail = copy(n.events[:], n.events[n.head:n.tail])
	n.head = 0
}

// set is *e = *f, field by field. The processor stalls on loading 16 bytes at once of what it has
// stored in smaller pieces just before, as happens to an event that came in registers.
func (e *event) set(f *event) {
	e.at = f.at
	e.seq = f.seq
	e.cause = f.cause
	e.host = f.host
	e.ref = f.ref
}
