package health

import "butterfly/sim/clock"

// queue orders numbers by time, each of them at most once: those of targets by their ticks, or
// those of origins by the ends of their waits.
//
// Nearly all that happens here is a tick: a target that is due now is due again one interval from
// now, which is later than any other tick of a target with that interval. Such targets stand in a
// round, one for each interval, where that takes a step at either end. Waits, first ticks and ticks
// out of step are in a heap.
//
// A number is dropped by giving it another turn: the item of the old turn is stale, and stays
// where it is until it comes to the front or there are too many of its kind. No stale item is ever
// first.
type queue struct {
	first  queued // the earliest item; at clock.Never if there is none
	where  int8   // the round it is in, or outOfRound
	used   int8   // how many rounds are in use
	live   int32  // how many items are not stale
	stale  int32  // how many are
	rounds [maxRounds]round
	heap   heap
	turns  []uint16 // by number: odd while it is queued, by the item of this turn
}

// maxRounds is how many different intervals have a round of their own; the others make do with the
// heap.
const maxRounds = 4

// outOfRound stands for the heap.
const outOfRound = -1

// maxStale keeps turns, of 16 bits, from coming round while an item of theirs is left.
const maxStale = 1 << 14

func newQueue(numbers, rounds int) queue {
	return queue{
		first: queued{at: clock.Never}, where: outOfRound,
		used: int8(rounds), turns: make([]uint16, numbers),
	}
}

// next returns the earliest time, clock.Never when the queue is empty.
func (q *queue) next() clock.Time { return q.first.at }

// extend adds the next number to those that may be queued.
func (q *queue) extend() { q.turns = append(q.turns, 0) }

// holds reports whether a number is queued.
func (q *queue) holds(number uint32) bool { return q.turns[number]&1 == 1 }

// add queues a number that is not queued.
func (q *queue) add(number uint32, at clock.Time) {
	q.turns[number]++
	q.live++
	item := queued{at, number, q.turns[number]}
	q.heap.push(item)
	if item.before(q.first) {
		q.first, q.where = item, outOfRound
	}
}

// repeat puts the first item off until a later time, to stand in a round if it fits there.
func (q *queue) repeat(where int8, at clock.Time) {
	item := queued{at, q.first.number, q.first.turn}
	if q.where == outOfRound {
		q.heap.pop()
	} else {
		q.rounds[q.where].pop()
	}
	if where == outOfRound || !q.rounds[where].push(item) {
		q.heap.push(item)
	}
	q.refresh()
}

// drop takes a number out of the queue, if it is there, and gives back the memory of a crowd that
// has gone.
func (q *queue) drop(number uint32) {
	if !q.holds(number) {
		return
	}
	q.turns[number]++
	q.live--
	q.stale++
	if q.stale > min(q.live+smallestRound, maxStale) {
		q.clean()
	} else if q.first.number == number {
		q.refresh()
	}
	q.heap = q.heap.fitted()
}

// refresh finds the first item again.
func (q *queue) refresh() {
	if q.stale > 0 {
		q.trim()
	}
	first, where := queued{at: clock.Never}, int8(outOfRound)
	if len(q.heap) > 0 {
		first = q.heap[0]
	}
	for i := range q.used {
		if r := &q.rounds[i]; !r.empty() && r.first().before(first) {
			first, where = *r.first(), i
		}
	}
	q.first, q.where = first, where
}

// trim removes the stale items that have come to the front.
func (q *queue) trim() {
	for len(q.heap) > 0 && !q.valid(q.heap[0]) {
		q.heap.pop()
		q.stale--
	}
	for i := range q.used {
		for r := &q.rounds[i]; !r.empty() && !q.valid(*r.first()); {
			r.pop()
			q.stale--
		}
	}
}

func (q *queue) valid(item queued) bool { return item.turn == q.turns[item.number] }

// clean removes all stale items.
func (q *queue) clean() {
	kept := q.heap[:0]
	for _, item := range q.heap {
		if q.valid(item) {
			kept = append(kept, item)
		}
	}
	q.heap = kept
	q.heap.order()
	for i := range q.used {
		q.rounds[i].keep(q.valid)
	}
	q.stale = 0
	q.refresh()
}

// appendTo appends the items that are not stale to items, in no particular order.
func (q *queue) appendTo(items []queued) []queued {
	for _, item := range q.heap {
		if q.valid(item) {
			items = append(items, item)
		}
	}
	for i := range q.used {
		for r, at := &q.rounds[i], q.rounds[i].head; at != r.tail; at++ {
			if item := *r.slot(at); q.valid(item) {
				items = append(items, item)
			}
		}
	}
	return items
}
