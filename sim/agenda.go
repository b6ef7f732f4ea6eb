package sim

import (
	"math/bits"
	"unsafe"

	"butterfly/node"
	"butterfly/sim/clock"
)

// agenda is the kernel's event queue: a [wheel], and beside it a [lane] for each timer slot. Hosts
// mostly set one slot for the same span ahead (a period, a time-out), and so in the order in which
// the alarms are due: then a place at the end of a lane is all the order they need, and the wheel
// is left with the messages in flight. An alarm out of order goes to the wheel. The zero value is
// an empty queue at instant 0. See [queue] for the contract.
//
// Invariants:
//  1. soonest is the earliest event in any lane, nil if all are empty.
//  2. Bit t of occupied is set exactly if lane t is not empty.
type agenda struct {
	wheel    wheel
	lanes    [node.MaxTimers]lane
	occupied uint8
	soonest  *event
	drop     func(alarm *event) bool // whether an alarm is cancelled, and then counts it; nil: none is
}

func (a *agenda) push(e event) { a.room(e.at, e.kind(), e.ref).set(&e) }

// room is push with the event still to be filled in, at the place returned; see [wheel.room].
func (a *agenda) room(at clock.Time, kind Kind, ref uint32) *event {
	if kind == Wake && a.lanes[ref].takes(at) {
		return a.line(at, ref)
	}
	return a.wheel.room(at)
}

// line makes room for an alarm at the end of its slot's lane.
func (a *agenda) line(at clock.Time, slot uint32) *event {
	l := &a.lanes[slot]
	if l.full() {
		l.grow()
		a.findSoonest() // it may have moved
	}
	place := l.room()
	a.occupied |= 1 << slot
	if a.soonest == nil || at < a.soonest.at {
		a.soonest = place
	}
	return place
}

func (a *agenda) take(limit clock.Time) *event {
	alarm := a.soonest
	if alarm == nil {
		return a.wheel.take(limit)
	}
	// The wheel is asked for what is not after the alarm, lest it moves on beyond the instant at
	// which the alarm will push what follows from it.
	if e := a.wheel.first(min(limit, alarm.at)); e != nil && e.before(alarm) {
		return a.wheel.pop()
	}
	if alarm.at > limit {
		return nil
	}
	return a.popAlarm()
}

func (a *agenda) popAlarm() *event {
	slot := a.soonest.ref
	l := &a.lanes[slot]
	alarm := l.pop()
	a.skipCancelled(l)
	if l.empty() {
		a.occupied &^= 1 << slot
	}
	a.findSoonest()
	return alarm
}

// skipCancelled drops what is cancelled at the head of a lane. Of time-outs that nearly all are met
// that is nearly all of them, and they are never weighed against anything else in the queue.
func (a *agenda) skipCancelled(l *lane) {
	for a.drop != nil && !l.empty() && a.drop(l.first()) {
		l.pop()
	}
}

func (a *agenda) findSoonest() {
	var soonest *event
	for slots := a.occupied; slots != 0; slots &= slots - 1 {
		e := a.lanes[bits.TrailingZeros8(slots)%node.MaxTimers].first()
		if soonest == nil || e.before(soonest) {
			soonest = e
		}
	}
	a.soonest = soonest
}

func (a *agenda) len() int {
	total := a.wheel.len()
	for t := range a.lanes {
		total += a.lanes[t].len()
	}
	return total
}

func (a *agenda) sweep(dead func(*event) bool) int {
	swept := a.wheel.sweep(dead)
	a.occupied = 0
	for t := range a.lanes {
		swept += a.lanes[t].sweep(dead)
		if !a.lanes[t].empty() {
			a.occupied |= 1 << t
		}
	}
	a.findSoonest()
	return swept
}

func (a *agenda) memory() int {
	total := int(unsafe.Sizeof(*a)-unsafe.Sizeof(a.wheel)) + a.wheel.memory()
	for t := range a.lanes {
		total += a.lanes[t].memory()
	}
	return total
}
