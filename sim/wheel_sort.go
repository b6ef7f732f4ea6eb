package sim

import (
	"encoding/binary"
	"math/bits"

	"butterfly/sim/clock"
)

// ranks sorts a chain into the near list. A counting sort by the six leading bits of the span since
// the earliest event leaves little for the insertion sort after it. Both are stable.
type ranks struct {
	low   clock.Time
	shift uint
	of    [64]uint8 // by leading bits: how many events, then the rank of the next one
}

// appendSorted moves the events of c to the empty list.
func (n *nearList) appendSorted(blocks *blockStore, c *chain) {
	r := ranks{low: c.low, shift: uint(max(bits.Len64(uint64(c.high-c.low)), 6) - 6)}
	for rest := *c; rest.count > 0; blocks.skipFront(&rest) {
		r.count(blocks.front(&rest))
	}
	r.sum()
	n.tail = int(c.count)
	for c.count > 0 {
		r.scatter(blocks.front(c), &n.events)
		blocks.dropFront(c)
	}
	sortNearlySorted(n.events[:n.tail])
}

// leading returns the index into of for an event due at the instant.
func (r *ranks) leading(at clock.Time) uint { return uint(uint64(at-r.low) >> r.shift % 64) }

func (r *ranks) count(events []event) {
	for i := range events {
		r.of[r.leading(events[i].at)]++
	}
}

// sum replaces every count by the sum of those before it, eight at a time: the bytes of a product
// with 0x01...01 are the running sums of the bytes of the other factor. No sum exceeds a byte.
func (r *ranks) sum() {
	const ones = 0x0101010101010101
	before := uint64(0)
	for i := 0; i < len(r.of); i += 8 {
		counts := binary.LittleEndian.Uint64(r.of[i:])
		sums := counts * ones
		binary.LittleEndian.PutUint64(r.of[i:], sums-counts+before*ones)
		before += sums >> 56
	}
}

func (r *ranks) scatter(events []event, to *[nearCapacity]event) {
	for i := range events {
		rank := &r.of[r.leading(events[i].at)]
		to[*rank] = events[i]
		*rank++
	}
}

func sortNearlySorted(events []event) {
	for i := 1; i < len(events); i++ {
		if events[i].at < events[i-1].at {
			sink(events, i)
		}
	}
}

// sink moves the event at i to its place among the sorted ones before it.
func sink(events []event, i int) {
	e := events[i]
	for ; i > 0 && e.at < events[i-1].at; i-- {
		events[i] = events[i-1]
	}
	events[i] = e
}
