package explore

import "slices"

// Shorten deletes events from an execution that violates Check, as long as what is left can happen
// and violates it. It returns what remains, of which no single event can be spared, and what Check
// says of that; nil and nil if the execution violates nothing.
//
// It deletes long stretches first, as in delta debugging (Zeller and Hildebrandt, "Simplifying and
// isolating failure-inducing input", IEEE TSE 2002). What remains need not be a shortest execution.
func Shorten[S any, E comparable](model Model[S, E], events []E) ([]E, error) {
	events, err := model.failure(events)
	for length := len(events) / 2; length > 0; {
		shorter, why := model.spare(events, length)
		switch {
		case why != nil:
			events, err = shorter, why
			length = min(length, len(events))
		default:
			length /= 2
		}
	}
	return events, err
}

// spare looks for a stretch of events of the given length to do without.
func (m *Model[S, E]) spare(events []E, length int) ([]E, error) {
	for i := 0; i+length <= len(events); i++ {
		shorter, err := m.failure(slices.Concat(events[:i], events[i+length:]))
		if err != nil {
			return shorter, err
		}
	}
	return nil, nil
}

// failure returns the events up to the first violation of Check, and that; nil if there is none or
// one of the events cannot happen.
func (m *Model[S, E]) failure(events []E) ([]E, error) {
	h := m.begin()
	err := m.Check(h.states, h.events)
	for _, event := range events {
		if err != nil || !slices.Contains(m.Events(h.last(), nil), event) {
			break
		}
		m.extend(&h, event)
		err = m.Check(h.states, h.events)
	}
	if err == nil {
		return nil, nil
	}
	return h.events, err
}
