package explore

// trail remembers how each state was first reached, in eight bytes a state. States are numbered in
// that order, from 0 for the initial one. The states themselves are not kept: one that is needed is
// made again.
//
// Invariant: steps[i].parent < i, but for the initial state.
type trail[E comparable] struct {
	steps   []step
	numbers map[E]uint32
	events  []E // by number
}

// step says that a state was reached from parent, by the event of that number.
type step struct{ parent, event uint32 }

// newTrail returns a trail with the initial state.
func newTrail[E comparable]() trail[E] {
	return trail[E]{steps: make([]step, 1), numbers: make(map[E]uint32)}
}

// add numbers a new state.
func (t *trail[E]) add(parent uint32, event E) {
	number, known := t.numbers[event]
	if !known {
		number = uint32(len(t.events))
		t.numbers[event] = number
		t.events = append(t.events, event)
	}
	t.steps = append(t.steps, step{parent, number})
}

// to appends the events that lead to a state, in their order.
func (t *trail[E]) to(state uint32, events []E) []E {
	if state == 0 {
		return events
	}
	s := t.steps[state]
	return append(t.to(s.parent, events), t.events[s.event])
}
