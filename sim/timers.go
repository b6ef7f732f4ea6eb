package sim

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// timer is one slot. At most one queue entry is in force for it: the one whose sequence number is
// seq.
//
// Invariant while seq != 0: queued <= wanted. Moving an alarm to a later time leaves the entry
// where it is; when it comes up early it is put back. So an alarm that is pushed out again and
// again, as most time-outs are, costs one entry and not one per push.
type timer struct {
	wanted clock.Time
	queued clock.Time // when the entry in force comes up
	seq    uint64     // the entry in force, 0 for none
	cause  uint64     // the step that set the alarm
}

// SetTimer sets host's slot t to go off at the given time, now if that is past; [clock.Never]
// clears it.
func (k *Kernel[M]) SetTimer(host node.ID, t node.TimerID, at clock.Time) {
	slot := k.timer(host, t)
	if at != clock.Never {
		at = max(at, k.now)
	}
	if slot.seq != 0 && at == slot.wanted {
		return
	}
	slot.wanted, slot.cause = at, k.cause
	if slot.seq != 0 && at > slot.queued && at != clock.Never {
		return
	}
	if slot.seq != 0 {
		slot.seq = 0
		k.addStale()
	}
	if at != clock.Never {
		slot.queued = at
		slot.seq = k.push(at, Wake, host, uint32(t))
	}
}

// Alarm returns when host's slot t is to go off, and whether it is set.
func (k *Kernel[M]) Alarm(host node.ID, t node.TimerID) (at clock.Time, set bool) {
	slot := k.timer(host, t)
	return slot.wanted, slot.seq != 0
}

func (k *Kernel[M]) openTimer(e *event, step *Step[M]) bool {
	t := node.TimerID(e.ref)
	slot := k.timer(step.Host, t)
	if slot.seq != e.seq {
		return k.dropStale()
	}
	if slot.wanted > e.at {
		slot.queued = slot.wanted
		slot.seq = k.pushCaused(slot.wanted, Wake, step.Host, e.ref, slot.cause)
		return false
	}
	if k.hosts[step.Host].holdsTimer(t) {
		k.hold(e, 0)
		return false
	}
	slot.seq = 0
	step.Timer = t
	return true
}

func (k *Kernel[M]) timer(host node.ID, t node.TimerID) *timer {
	return &k.timers[int(host)*node.MaxTimers+int(t)]
}
