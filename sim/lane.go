package sim

import (
	"unsafe"

	"butterfly/sim/clock"
)

// lane is a first-in-first-out ring of events that were pushed in the order in which they are due.
// The zero value is an empty lane.
//
// Invariants: head <= tail <= head+len(events); len(events) is zero or a power of two.
type lane struct {
	events     []event
	head, tail uint64 // they only count up; the remainder by len(events) is the place
}

func (l *lane) empty() bool { return l.head == l.tail }

func (l *lane) len() int { return int(l.tail - l.head) }

// takes reports whether an event pushed now and due at the instant comes after all others.
func (l *lane) takes(at clock.Time) bool { return l.empty() || l.at(l.tail-1).at <= at }

func (l *lane) first() *event { return l.at(l.head) }

func (l *lane) full() bool { return l.len() == len(l.events) }

// room adds an event at the end of a lane that is not full, and returns its place, to be filled in.
func (l *lane) room() *event {
	l.tail++
	return l.at(l.tail - 1)
}

// pop returns an event that is valid until the next push.
func (l *lane) pop() *event {
	e := l.first()
	l.head++
	return e
}

func (l *lane) at(number uint64) *event {
	return &l.events[number&uint64(len(l.events)-1)]
}

const smallestLane = 16

// grow doubles the places.
func (l *lane) grow() {
	larger := lane{events: make([]event, max(smallestLane, 2*len(l.events)))}
	for !l.empty() {
		larger.room().set(l.pop())
	}
	*l = larger
}

// sweep removes every event for which dead is true and returns how many those were.
func (l *lane) sweep(dead func(*event) bool) int {
	kept := l.head
	for i := l.head; i < l.tail; i++ {
		if e := l.at(i); !dead(e) {
			*l.at(kept) = *e
			kept++
		}
	}
	swept := l.tail - kept
	l.tail = kept
	return int(swept)
}

func (l *lane) memory() int { return cap(l.events) * int(unsafe.Sizeof(event{})) }
