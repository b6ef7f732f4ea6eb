package live

import (
	"butterfly/node"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// alarms are the machine's timer slots, by number.
type alarms [node.MaxTimers]clock.Time

func newAlarms() (a alarms) {
	for t := range a {
		a[t] = clock.Never
	}
	return a
}

// set takes over the slots that an input has set.
func (a *alarms) set(out *node.Out[wire.Message]) {
	for t, ok := out.NextAlarm(0); ok; t, ok = out.NextAlarm(t + 1) {
		a[t], _ = out.Alarmed(t)
	}
}

// next returns when the next alarm goes off, and which: of several the lowest slot.
func (a *alarms) next() (at clock.Time, t node.TimerID) {
	at = clock.Never
	for slot, due := range a {
		if due < at {
			at, t = due, node.TimerID(slot)
		}
	}
	return at, t
}

// take clears the next alarm if it is due, and returns its slot.
func (a *alarms) take(now clock.Time) (t node.TimerID, due bool) {
	at, t := a.next()
	if at > now {
		return 0, false
	}
	a[t] = clock.Never
	return t, true
}
