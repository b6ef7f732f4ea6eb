package health

import "butterfly/sim/clock"

// queue orders origins by (time, origin), and lets any of them be moved or removed.
//
// It is made of two parts. Nearly all that happens here is a tick: an origin that is due now is due
// again one interval from now, which is later than any other tick. Such origins stand in a round, a
// ring in order of time, where that takes a step at either end. Waits, first ticks and ticks out of
// turn are in a heap.
type queue struct {
	heap    []queued
	round   round
	origins []origin // those of the checks, for their places
}

type queued struct {
	at     clock.Time
	origin uint32
}

func (a queued) before(b queued) bool {
	return a.at < b.at || (a.at == b.at && a.origin < b.origin)
}

func newQueue(origins []origin) queue {
	return queue{origins: origins}
}

// next returns the earliest time, clock.Never when the queue is empty.
func (q *queue) next() clock.Time { return q.earliest().at }

// first returns the origin of the earliest time, the lowest one of several. The queue must not be
// empty.
func (q *queue) first() uint32 { return q.earliest().origin }

func (q *queue) earliest() queued {
	best := queued{at: clock.Never}
	if len(q.heap) > 0 {
		best = q.heap[0]
	}
	if head, ok := q.round.first(); ok && head.before(best) {
		best = head
	}
	return best
}

// at returns the time of a queued origin.
func (q *queue) at(origin uint32) clock.Time {
	if place := q.origins[origin].place; place < 0 {
		return q.round.slots[-place-1].at
	}
	return q.heap[q.origins[origin].place-1].at
}

// set queues origin at the given time, moving it if it is queued already.
func (q *queue) set(origin uint32, at clock.Time) {
	q.remove(origin)
	q.heapAdd(queued{at, origin})
}

// repeat is set for the next tick of an origin: it takes a step if that comes after the ticks of
// all others, and is right if it does not.
func (q *queue) repeat(origin uint32, at clock.Time) {
	q.remove(origin)
	item := queued{at, origin}
	if last, ok := q.round.last(); ok && item.before(last) {
		q.heapAdd(item)
	} else {
		q.roundAdd(item)
	}
}

// remove takes origin out of the queue, if it is there.
func (q *queue) remove(origin uint32) {
	place := q.origins[origin].place
	q.origins[origin].place = 0
	switch {
	case place > 0:
		q.heapRemove(int(place) - 1)
	case place < 0:
		q.roundTrim()
	}
}
