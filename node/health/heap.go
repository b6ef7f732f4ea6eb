package health

import "butterfly/sim/clock"

// queued is the item of a number in a queue.
type queued struct {
	at     clock.Time
	number uint32
	turn   uint16 // which of the number's items in this queue it is
}

func (a queued) before(b queued) bool {
	return a.at < b.at || (a.at == b.at && a.number < b.number)
}

// heap is a 4-ary heap, the earliest item first: half as deep as a binary one, and the children lie
// side by side.
type heap []queued

const arity = 4

func (h *heap) push(item queued) {
	*h = append(*h, item)
	h.up(len(*h)-1, item)
}

// pop removes the first item. The heap must not be empty.
func (h *heap) pop() {
	last := len(*h) - 1
	item := (*h)[last]
	*h = (*h)[:last]
	if last > 0 {
		h.down(0, item)
	}
}

// smallestCrowd is how many items a heap keeps room for, so that the few that come and go with each
// member do so in the same memory.
const smallestCrowd = 256

// fitted returns the same items in less memory if most of it is unused: in as much as lets their
// number double before the heap grows again.
func (h heap) fitted() heap {
	if cap(h) <= 4*(len(h)+smallestCrowd) {
		return h
	}
	return append(make(heap, 0, 2*len(h)+smallestCrowd), h...)
}

// order makes a heap of items in any order.
func (h heap) order() {
	parents := (len(h) + arity - 2) / arity
	for place := parents - 1; place >= 0; place-- {
		h.down(place, h[place])
	}
}

// up puts item at a place or above it.
func (h heap) up(place int, item queued) {
	for place > 0 {
		parent := (place - 1) / arity
		if !item.before(h[parent]) {
			break
		}
		h[place] = h[parent]
		place = parent
	}
	h[place] = item
}

// down puts item at a place or below it.
func (h heap) down(place int, item queued) {
	for {
		child, found := h.firstChild(place)
		if !found || !h[child].before(item) {
			break
		}
		h[place] = h[child]
		place = child
	}
	h[place] = item
}

// firstChild returns the place of the earliest child of the item at a place, if it has any.
func (h heap) firstChild(place int) (first int, found bool) {
	first = place*arity + 1
	if first >= len(h) {
		return 0, false
	}
	for child := first + 1; child < min(first+arity, len(h)); child++ {
		if h[child].before(h[first]) {
			first = child
		}
	}
	return first, true
}
