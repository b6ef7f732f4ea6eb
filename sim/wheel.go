package sim

import (
	"math/bits"
	"unsafe"

	"butterfly/sim/clock"
)

// An instant is read as sixteen digits of four bits, most significant first. Six bits would save
// some moves between levels, and lose more on slots that hold an event or two.
const (
	digitBits   = 4
	digitValues = 1 << digitBits
	wheelLevels = 64 / digitBits
)

// wheel is an event queue: a hierarchical timing wheel (Varghese and Lauck, "Hashed and
// Hierarchical Timing Wheels", SOSP 1987) that spans all of time, so it has no horizon and no
// overflow list. The zero value is an empty queue at instant 0. See [queue] for the contract.
//
// The anchor is an instant that no later push is before. An event is kept at the level of the most
// significant digit in which it differs from the anchor, in the slot of its own digit there, as in
// a radix heap (Ahuja, Mehlhorn, Orlin and Tarjan, JACM 1990). Whatever is on a lower level is
// earlier, and within a level the smaller slot is earlier, so the first slot holds the first event.
// Events are popped from the near list, a sorted array. When it is empty and the first event of the
// first slot is due, the anchor moves to that event, and the slot's chain goes
//   - to the near list, if it is short;
//   - to level 0 as it is, if all its events are due at one instant, and from there to the near
//     list block by block;
//   - else to the levels below, each event moving down at least one.
//
// While the list is short it takes in what comes after it, too, as long as that is before all slots.
//
// Every step keeps the events of one instant in the order of their pushes, which is that of seq; so
// no step ever has to look at seq.
//
// Invariants:
//  1. Every event in the near list is before near.limit, and none in a slot is. Exception: the
//     list may hold events of level 0, all due at near.limit, and no push to come is earlier.
//  2. anchor <= at of the last event popped <= at of every event pending.
//  3. A slot's bit is set exactly if its chain is not empty, a level's exactly if it has a set bit.
type wheel struct {
	near     nearList
	anchor   clock.Time
	size     int
	levels   uint64              // bit l: level l has an event
	occupied [wheelLevels]uint64 // bit s: slot s of the level has an event
	slots    [wheelLevels * digitValues]chain
	blocks   blockStore
}

func (w *wheel) push(e event) { w.room(e.at).set(&e) }

// room is push with the event still to be filled in, at the place returned, so that it is not put
// together somewhere else first and copied. The place is valid until the next change of the queue.
func (w *wheel) room(at clock.Time) *event {
	w.size++
	switch {
	case w.near.covers(at):
		return w.nearRoom(at)
	case w.near.short() && w.beforeSlots(at):
		return w.near.extend(at)
	}
	return w.place(at)
}

func (w *wheel) len() int { return w.size }

func (w *wheel) memory() int { return int(unsafe.Sizeof(*w)) + w.blocks.memory() }

// nearRoom is room in the near list. A full list first hands its later half back to the slots,
// which may move its limit to before the instant.
func (w *wheel) nearRoom(at clock.Time) *event {
	if w.near.full() {
		later := w.near.split()
		for i := range later {
			*w.place(later[i].at) = later[i]
		}
		w.near.compact()
		if !w.near.covers(at) {
			return w.place(at)
		}
	}
	return w.near.insert(at)
}

// place returns the place for one more event due at the instant: the next one in its slot's chain.
func (w *wheel) place(at clock.Time) *event {
	level := uint(bits.Len64(uint64(at^w.anchor)|1)-1) / digitBits
	slot := uint(at>>(level*digitBits)) % digitValues
	c := &w.slots[level*digitValues+slot]
	if c.count == 0 {
		w.occupy(level, slot)
	}
	return w.blocks.extend(c, at)
}

// beforeSlots reports whether an instant is before all events in the slots.
func (w *wheel) beforeSlots(at clock.Time) bool {
	return w.levels == 0 || at < w.firstChain().low
}

// firstChain is that of the first slot. There must be one.
func (w *wheel) firstChain() *chain {
	level := uint(bits.TrailingZeros64(w.levels))
	slot := uint(bits.TrailingZeros64(w.occupied[level]))
	return &w.slots[level*digitValues+slot]
}

func (w *wheel) take(limit clock.Time) *event {
	if w.first(limit) == nil {
		return nil
	}
	return w.pop()
}

// first is take but leaves the event in the queue.
func (w *wheel) first(limit clock.Time) *event {
	if w.near.empty() && !w.refill(limit) {
		return nil
	}
	if e := w.near.first(); e.at <= limit {
		return e
	}
	return nil
}

// pop takes the event that first has just returned.
func (w *wheel) pop() *event {
	w.size--
	return w.near.pop()
}

// refill moves the first events to the empty near list, if the very first is due at limit or
// earlier.
func (w *wheel) refill(limit clock.Time) bool {
	for w.levels != 0 {
		level := uint(bits.TrailingZeros64(w.levels))
		slot := uint(bits.TrailingZeros64(w.occupied[level]))
		c := &w.slots[level*digitValues+slot]
		if c.low > limit {
			return false
		}
		w.anchor = c.low
		switch {
		case level == 0:
			w.loadTies(c, slot)
			return true
		case w.short(c):
			w.load(c, level, slot)
			return true
		case c.low == c.high:
			w.lower(c, level, slot)
		default:
			w.spread(c, level, slot)
		}
	}
	return false
}

// occupy sets the bit of a slot whose chain is or is about to be filled.
func (w *wheel) occupy(level, slot uint) {
	w.levels |= 1 << level
	w.occupied[level] |= 1 << slot
}

// vacate clears the bit of a slot whose chain is empty.
func (w *wheel) vacate(level, slot uint) {
	w.occupied[level] &^= 1 << slot
	if w.occupied[level] == 0 {
		w.levels &^= 1 << level
	}
}
