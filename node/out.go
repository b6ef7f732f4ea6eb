package node

import (
	"math/bits"
	"time"

	"butterfly/sim/clock"
)

// Out collects the effects of one input, in the order they were asked for within each kind. A
// driver reuses one Out for every input; in the steady state filling it allocates nothing.
//
// Machines use the methods. Drivers and tests read the fields, then call [Out.Reset].
type Out[M any] struct {
	Sends  []Send[M]
	Calls  []Call[M]
	Probes []Probe
	Events []Event
	// Saved is the durable state to keep, meaningful when HasSave is set.
	Saved   []byte
	HasSave bool

	alarms [MaxTimers]clock.Time
	set    uint8 // bit t: slot t was set by this input
}

// Send is one datagram to To.
type Send[M any] struct {
	To      ID
	Message M
}

// Call is one stream request to To that must be answered within Timeout.
type Call[M any] struct {
	To      ID
	ID      CallID
	Timeout time.Duration
	Message M
}

// Probe asks the driver to probe an origin once. Token is chosen by the machine, different for each
// probe it makes of this origin in this life, and comes back with the result.
type Probe struct {
	Token   uint64
	Timeout time.Duration
	Origin  uint32
}

// ProbeResult is how a [Probe] ended.
type ProbeResult struct {
	Token   uint64
	Origin  uint32
	Outcome Outcome
}

// Outcome is what a probe found out. The zero value is [Unable].
type Outcome uint8

const (
	// Unable means that the node could not probe: no socket, no route, no address. It says nothing
	// about the origin.
	Unable Outcome = iota
	// Failed means that the origin did not answer in time, or not as expected.
	Failed
	// Succeeded means that the origin answered as expected.
	Succeeded
)

func (o Outcome) String() string {
	switch o {
	case Unable:
		return "unable"
	case Failed:
		return "failed"
	case Succeeded:
		return "succeeded"
	}
	return "outcome?"
}

// Send adds a datagram to peer to and returns its empty message to fill in. The pointer is valid
// until the next Send.
func (o *Out[M]) Send(to ID) *M {
	o.Sends = grow(o.Sends)
	s := &o.Sends[len(o.Sends)-1]
	s.To = to
	ResetMessage(&s.Message)
	return &s.Message
}

// Call adds a stream request to peer to and returns its empty message to fill in. The pointer is
// valid until the next Call. Exactly one Returned with the same id follows, after at most timeout,
// unless the node crashes first.
func (o *Out[M]) Call(to ID, id CallID, timeout time.Duration) *M {
	o.Calls = grow(o.Calls)
	c := &o.Calls[len(o.Calls)-1]
	c.To, c.ID, c.Timeout = to, id, timeout
	ResetMessage(&c.Message)
	return &c.Message
}

// Probe asks for one health probe.
func (o *Out[M]) Probe(p Probe) { o.Probes = append(o.Probes, p) }

// Alarm sets slot t to go off at the given time, replacing what it held; [clock.Never] clears it.
func (o *Out[M]) Alarm(t TimerID, at clock.Time) {
	o.alarms[t] = at
	o.set |= 1 << t
}

// Alarmed reports whether this input set slot t, and to when.
func (o *Out[M]) Alarmed(t TimerID) (at clock.Time, set bool) {
	return o.alarms[t], o.set&(1<<t) != 0
}

// NextAlarm returns the lowest slot that this input set of those not below from, and whether there
// is one. A driver goes through them with
//
//	for t, ok := out.NextAlarm(0); ok; t, ok = out.NextAlarm(t + 1)
func (o *Out[M]) NextAlarm(from TimerID) (t TimerID, ok bool) {
	rest := o.set >> from << from
	return TimerID(bits.TrailingZeros8(rest)), rest != 0
}

// AnyAlarm reports whether this input set any slot at all.
func (o *Out[M]) AnyAlarm() bool { return o.set != 0 }

// Emit adds an observable event.
func (o *Out[M]) Emit(e Event) { o.Events = append(o.Events, e) }

// Save replaces the node's durable state with a copy of state. It may fail, as on a full disk, and the
// node is not told: Start then gets an earlier state, or none.
func (o *Out[M]) Save(state []byte) {
	o.Saved = append(o.Saved[:0], state...)
	o.HasSave = true
}

// Reset forgets all effects and keeps the memory for reuse.
func (o *Out[M]) Reset() {
	o.Sends, o.Calls = o.Sends[:0], o.Calls[:0]
	o.Probes, o.Events = o.Probes[:0], o.Events[:0]
	o.Saved, o.HasSave = o.Saved[:0], false
	o.set = 0
}

// ResetMessage empties m for reuse: by its own Reset if it has one, else by zeroing it.
func ResetMessage[M any](m *M) {
	if r, ok := any(m).(Resetter); ok {
		r.Reset()
		return
	}
	var zero M
	*m = zero
}

// grow lengthens s by one element. Within capacity the element keeps its old content, whose memory
// the caller resets and reuses.
func grow[T any](s []T) []T {
	if len(s) < cap(s) {
		return s[:len(s)+1]
	}
	var zero T
	return append(s, zero)
}
