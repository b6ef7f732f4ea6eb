package explore

import (
	"fmt"

	"butterfly/sim/rng"
)

// Found is what random walks found.
type Found[E comparable] struct {
	// Walks is how many walks were begun. The last of them is the one that violates Check, if any
	// does.
	Walks int
	// Walked is that walk up to the violation, Counterexample what [Shorten] left of it, and
	// Violation what Check said of that; nil if there was none.
	Walked, Counterexample []E
	Violation              error
}

// Walk takes random walks through the model, each of at most the given number of events, until one
// violates Check, and shortens that. Of the events that may happen each is as likely. The same seed
// takes the same walks.
func Walk[S any, E comparable](model Model[S, E], seed uint64, events, walks int) Found[E] {
	for walk := range walks {
		luck := rng.Stream(seed, "explore walk", uint64(walk))
		if walked, failed := model.walk(&luck, events); failed {
			short, err := Shorten(model, walked)
			return Found[E]{walk + 1, walked, short, err}
		}
	}
	return Found[E]{Walks: walks}
}

// walk takes one walk, up to the first violation of Check.
func (m *Model[S, E]) walk(luck *rng.Rand, events int) (walked []E, failed bool) {
	h := m.begin()
	for m.Check(h.states, h.events) == nil {
		enabled := m.Events(h.last(), nil)
		if len(enabled) == 0 || len(h.events) == events {
			return nil, false
		}
		m.extend(&h, enabled[luck.Intn(len(enabled))])
	}
	return h.events, true
}

// String sums up what was found in a sentence, and prints a counterexample with one event a line.
func (f Found[E]) String() string {
	if f.Violation == nil {
		return fmt.Sprintf("%s random walks hold", grouped(f.Walks))
	}
	return fmt.Sprintf("%v\nin random walk %s, of %d events, of which these remain:\n%s",
		f.Violation, grouped(f.Walks), len(f.Walked), lines(f.Counterexample))
}
