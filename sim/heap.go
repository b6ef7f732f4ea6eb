package sim

import (
	"unsafe"

	"butterfly/sim/clock"
)

// queue is what the kernel asks of its event queue. There are two: [agenda], the fast one, most of
// which is a [wheel], and [binaryHeap], so plain that it serves as the oracle of the fast one. A run
// must not tell them apart.
//
// The caller's duties: every push has a larger seq than all pushes before it, and an instant not
// earlier than that of the last event popped.
type queue interface {
	push(e event)
	// take removes and returns the first event by (at, seq) if it is due at limit or earlier; it is
	// valid until the next call. Otherwise it returns nil, and nothing has changed.
	take(limit clock.Time) *event
	// len is the number of events pending.
	len() int
	// sweep removes every event for which dead is true and returns how many those were. Each event
	// is shown once, in no particular order; dead must neither change the event nor touch the
	// queue.
	sweep(dead func(*event) bool) int
	// memory is the number of bytes the queue retains, used or not.
	memory() int
}

var _, _, _ queue = (*agenda)(nil), (*wheel)(nil), (*binaryHeap)(nil)

// binaryHeap is the textbook heap on a slice: no event is later than its children at 2i+1 and 2i+2.
// The zero value is an empty queue.
type binaryHeap struct {
	events []event
	taken  event // the last one
}

func (h *binaryHeap) push(e event) {
	h.events = append(h.events, e)
	h.up(len(h.events) - 1)
}

func (h *binaryHeap) take(limit clock.Time) *event {
	if len(h.events) == 0 || h.events[0].at > limit {
		return nil
	}
	h.taken = h.events[0]
	last := len(h.events) - 1
	h.events[0] = h.events[last]
	h.events = h.events[:last]
	h.down(0)
	return &h.taken
}

func (h *binaryHeap) len() int { return len(h.events) }

func (h *binaryHeap) sweep(dead func(*event) bool) int {
	kept := 0
	for i := range h.events {
		if !dead(&h.events[i]) {
			h.events[kept] = h.events[i]
			kept++
		}
	}
	swept := len(h.events) - kept
	h.events = h.events[:kept]
	for i := kept/2 - 1; i >= 0; i-- {
		h.down(i)
	}
	return swept
}

func (h *binaryHeap) memory() int {
	return int(unsafe.Sizeof(*h)) + cap(h.events)*int(unsafe.Sizeof(event{}))
}

// up moves the event at i towards the root until its parent is earlier.
func (h *binaryHeap) up(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if !h.events[i].before(&h.events[parent]) {
			return
		}
		h.events[i], h.events[parent] = h.events[parent], h.events[i]
		i = parent
	}
}

// down moves the event at i away from the root until both its children are later.
func (h *binaryHeap) down(i int) {
	for {
		child := 2*i + 1
		if child >= len(h.events) {
			return
		}
		if right := child + 1; right < len(h.events) && h.events[right].before(&h.events[child]) {
			child = right
		}
		if !h.events[child].before(&h.events[i]) {
			return
		}
		h.events[i], h.events[child] = h.events[child], h.events[i]
		i = child
	}
}
