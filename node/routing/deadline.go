package routing

import "butterfly/sim/clock"

// deadline is when something is due for an origin: its return to rotation, or, for the first of a
// pool's line, the end of the churn window. Those of all origins are a binary heap, and each origin
// knows its place there. What is due at the same time comes in the order of the origins' numbers.
type deadline struct {
	at     clock.Time
	origin uint32
}

func (d deadline) before(other deadline) bool {
	return d.at < other.at || d.at == other.at && d.origin < other.origin
}

// schedule sets the deadline of an origin that waits, if it has none yet.
func (t *Table) schedule(origin uint32, at clock.Time) {
	if t.wait(origin).place == 0 {
		t.due = append(t.due, deadline{})
		t.rise(len(t.due)-1, deadline{at, origin})
	}
}

// dismiss drops the deadline of an origin that waits, if it has one.
func (t *Table) dismiss(origin uint32) {
	w := t.wait(origin)
	if w.place == 0 {
		return
	}
	gap := int(w.place) - 1
	w.place = 0
	end := len(t.due) - 1
	mover := t.due[end]
	t.due = t.due[:end]
	switch {
	case gap == end:
	case gap > 0 && mover.before(t.due[(gap-1)/2]):
		t.rise(gap, mover)
	default:
		t.sink(gap, mover)
	}
}

// rise puts d into the gap at a place, or above it.
func (t *Table) rise(gap int, d deadline) {
	for gap > 0 && d.before(t.due[(gap-1)/2]) {
		t.put(gap, t.due[(gap-1)/2])
		gap = (gap - 1) / 2
	}
	t.put(gap, d)
}

// sink puts d into the gap at a place, or below it.
func (t *Table) sink(gap int, d deadline) {
	for {
		child := 2*gap + 1
		if child+1 < len(t.due) && t.due[child+1].before(t.due[child]) {
			child++
		}
		if child >= len(t.due) || d.before(t.due[child]) {
			break
		}
		t.put(gap, t.due[child])
		gap = child
	}
	t.put(gap, d)
}

func (t *Table) put(place int, d deadline) {
	t.due[place] = d
	t.wait(d.origin).place = uint32(place) + 1
}
