package explore

// Model is a small system to explore. S is its state and E what may happen to it. All functions are
// deterministic, and a state that has been returned is never modified: Apply makes a new one, which
// may share memory with the old.
type Model[S any, E comparable] struct {
	// Initial is the state before any event.
	Initial S
	// Events appends to events what may happen next, always in the same order.
	Events func(state S, events []E) []E
	// Apply returns the state after one of the events that may happen.
	Apply func(state S, event E) S
	// Check judges the last of states and the step to it; all before passed. events[i] made
	// states[i+1] of states[i]. An error is a violation, and ends the exploration. Neither slice
	// may be retained.
	Check func(states []S, events []E) error
	// Key identifies a state. Two states may share a key only if whatever can happen to one, up to
	// a renaming, can happen to the other, and Check judges it alike. See the package
	// documentation.
	Key func(state S) Key
}

// history is an execution from the initial state on.
//
// Invariant: len(states) == len(events)+1.
type history[S any, E comparable] struct {
	states []S
	events []E
}

// begin returns the history without events.
func (m *Model[S, E]) begin() history[S, E] { return history[S, E]{states: []S{m.Initial}} }

// last returns the state that the history ends in.
func (h *history[S, E]) last() S { return h.states[len(h.events)] }

func (h *history[S, E]) push(event E, state S) {
	h.events, h.states = append(h.events, event), append(h.states, state)
}

// cut takes away all events but the first length ones.
func (h *history[S, E]) cut(length int) {
	clear(h.states[length+1:]) // for the garbage collector: states may be large
	h.events, h.states = h.events[:length], h.states[:length+1]
}

// extend applies one more event.
func (m *Model[S, E]) extend(h *history[S, E], event E) { h.push(event, m.Apply(h.last(), event)) }
