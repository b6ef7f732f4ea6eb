package checkers

import (
	"slices"

	"butterfly/sim/clock"
)

// agenda is which origins, or which hosts, are to be looked at when, in the order in which they were
// added and are due. One that is added twice in a row for the same time is there once.
type agenda struct {
	items []agendaItem
	done  int // of items
}

type agendaItem struct {
	subject uint32
	due     clock.Time
}

// add adds a subject, due no earlier than any before.
func (a *agenda) add(subject uint32, due clock.Time) {
	item := agendaItem{subject, due}
	if last := len(a.items) - 1; last >= a.done && a.items[last] == item {
		return
	}
	if a.done > len(a.items)/2 {
		a.items = slices.Delete(a.items, 0, a.done)
		a.done = 0
	}
	a.items = append(a.items, item)
}

// next is when the first item is due, [clock.Never] without one.
func (a *agenda) next() clock.Time {
	if a.done == len(a.items) {
		return clock.Never
	}
	return a.items[a.done].due
}

// pop takes the first item out.
func (a *agenda) pop() agendaItem {
	a.done++
	return a.items[a.done-1]
}
