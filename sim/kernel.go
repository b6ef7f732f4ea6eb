package sim

import (
	"fmt"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/trace"
)

// Options adjusts a kernel. The zero value is right for every run that is not a test of the kernel.
type Options struct {
	// PlainHeap replaces the event queue by a plain binary heap: slower, and the oracle of the fast
	// one. The fingerprint must not change.
	PlainHeap bool
	// SocketBuffer is how many bytes of datagrams queue up at a paused or blocked host before
	// further ones are dropped. 0 means 212,992, the default of net.core.rmem_default on Linux.
	SocketBuffer int
	// Trace, when set, receives a record of everything that is folded into the fingerprint.
	Trace *trace.Writer
}

// Stats counts what the kernel did.
type Stats struct {
	Steps           uint64 // events handed to the caller
	LostToCrash     uint64 // messages lost because the sender or the receiver was down
	LateReplies     uint64 // replies that arrived when their call was over
	SocketOverflows uint64 // datagrams dropped because the socket buffer was full
	StaleTimers     uint64 // queue entries dropped because their slot or call had moved on
}

// Kernel is one universe's clock, event queue and hosts. It is not safe for concurrent use; any
// number of kernels may live in one process without influencing each other.
type Kernel[M any] struct {
	now      clock.Time
	handling uint64 // seq of the step being handled
	cause    uint64 // what is scheduled now names this as its cause: handling, or see Blame
	lastSeq  uint64

	agenda agenda
	heap   *binaryHeap // replaces agenda when set

	hosts     []host
	timers    []timer // node.MaxTimers slots a host
	envelopes slab[envelope[M]]
	calls     slab[call]
	probes    slab[probe]
	lent      uint32     // 1 + index of the envelope lent to the current step, 0 for none
	lentKind  Kind       // of the queue entry that it came by
	stale     int        // queue entries known to be stale
	slow      []slowness // by host; nil until one is slow
	slowHosts int

	socketBuffer int
	stats        Stats
	fingerprint  trace.Fingerprint
	trace        *trace.Writer
	traceError   error
}

// New returns a kernel at time zero with all hosts down.
func New[M any](hosts int, options Options) *Kernel[M] {
	if hosts < 0 || hosts > node.MaxIDs {
		panic(fmt.Sprintf("sim.New: %d hosts, expected 0 to %d", hosts, node.MaxIDs))
	}
	k := &Kernel[M]{
		hosts:        make([]host, hosts),
		timers:       make([]timer, hosts*node.MaxTimers),
		socketBuffer: options.SocketBuffer,
		trace:        options.Trace,
	}
	if k.socketBuffer == 0 {
		k.socketBuffer = 212_992
	}
	k.agenda.drop = k.dropCancelled
	if options.PlainHeap {
		k.heap = new(binaryHeap)
	}
	return k
}

// Now is the time of the step being handled, or of the end of the last run of [Kernel.Next].
func (k *Kernel[M]) Now() clock.Time { return k.now }

// Stats returns the counters so far.
func (k *Kernel[M]) Stats() Stats { return k.stats }

// Pending is how many entries wait in the queue, stale ones included.
func (k *Kernel[M]) Pending() int {
	if k.heap != nil {
		return k.heap.len()
	}
	return k.agenda.len()
}

// Next takes the earliest event at or before limit and fills in step, or moves the clock to limit
// and reports false when there is none. What the step lent is taken back by the next call.
func (k *Kernel[M]) Next(limit clock.Time, step *Step[M]) bool {
	k.takeBack()
	for {
		var e *event
		if k.heap == nil {
			e = k.agenda.take(limit)
		} else {
			e = k.heap.take(limit)
		}
		if e == nil {
			k.now, k.handling, k.cause = max(k.now, limit), 0, 0
			return false
		}
		if !k.inOrder(e) {
			k.outOfOrder(e)
		}
		k.now, k.handling, k.cause = e.at, e.seq, e.seq
		if k.slowHosts > 0 && k.delay(e) {
			continue
		}
		opened := k.open(e, step)
		if k.slowHosts > 0 {
			k.turn(step.Host, k.handling)
		}
		if opened {
			k.stats.Steps++
			k.record(step)
			return true
		}
	}
}

// inOrder reports whether an event comes after the last one, and after its cause.
func (k *Kernel[M]) inOrder(e *event) bool {
	return (e.at > k.now || e.at == k.now && e.seq > k.handling) && e.cause < e.seq
}

func (k *Kernel[M]) outOfOrder(e *event) {
	panic(fmt.Sprintf("sim: event #%d (cause #%d) at %v came after #%d at %v",
		e.seq, e.cause, e.at, k.handling, k.now))
}

// Control schedules a step of kind [Control] for the world itself, after delay.
func (k *Kernel[M]) Control(delay time.Duration, code uint32) {
	k.push(k.now.Add(delay), Control, 0, code)
}

// Blame makes an earlier step the cause of whatever is scheduled and remarked from now until the
// next step: for what that step has asked for and is carried out only now.
func (k *Kernel[M]) Blame(seq uint64) { k.cause = seq }

// open turns a queue entry into a step. It reports false for what nobody is to handle: stale
// timers, messages that a crash has lost, and inputs that have to wait.
func (k *Kernel[M]) open(e *event, step *Step[M]) bool {
	step.At, step.Seq, step.Cause, step.Kind, step.Host = e.at, e.seq, e.cause, e.kind(), e.hostID()
	switch step.Kind {
	case Deliver, Request:
		return k.openMessage(e, step)
	case replayed:
		step.Kind = Deliver
		return k.openMessage(e, step)
	case Returned:
		return k.openReply(e, step)
	case expired:
		return k.openExpiry(e, step)
	case Probed:
		return k.openProbe(e, step)
	case Wake:
		return k.openTimer(e, step)
	case processed:
		return k.openProcessed(e)
	default:
		step.Control = e.ref
		step.Host = node.Nobody
		return true
	}
}

// Kinds of the queue alone.
const (
	expired   = Control + 1 + iota // a call's deadline: it reaches the caller as Returned
	replayed                       // a copy that outlives its sender: it does so as Deliver
	processed                      // the end of the work of a slow host: it reaches nobody
)

// push schedules an event and returns its sequence number.
func (k *Kernel[M]) push(at clock.Time, kind Kind, host node.ID, ref uint32) uint64 {
	return k.pushCaused(at, kind, host, ref, k.cause)
}

func (k *Kernel[M]) pushCaused(
	at clock.Time, kind Kind, host node.ID, ref uint32, cause uint64,
) uint64 {
	k.lastSeq++
	if k.heap != nil {
		var e event
		e.fill(at, k.lastSeq, cause, kind, host, ref)
		k.heap.push(e)
	} else {
		k.agenda.room(at, kind, ref).fill(at, k.lastSeq, cause, kind, host, ref)
	}
	return k.lastSeq
}

// sweepFloor keeps small queues from being swept all the time.
const sweepFloor = 1024

// addStale notes one more stale entry and sweeps the queue when they outnumber the live ones, which
// makes the cost of a cancelled timer constant however many there are.
func (k *Kernel[M]) addStale() {
	k.stale++
	if k.stale < sweepFloor || k.stale*2 < k.Pending() {
		return
	}
	k.stale = 0
	if k.heap != nil {
		k.stats.StaleTimers += uint64(k.heap.sweep(k.isStale))
	} else {
		k.stats.StaleTimers += uint64(k.agenda.sweep(k.isStale))
	}
}

func (k *Kernel[M]) isStale(e *event) bool {
	switch e.kind() {
	case Wake:
		return k.timer(e.hostID(), node.TimerID(e.ref)).seq != e.seq
	case expired:
		return k.calls.at(e.ref).expiry != e.seq
	}
	return false
}

// dropCancelled counts and reports an alarm whose slot has moved on.
func (k *Kernel[M]) dropCancelled(alarm *event) bool {
	if k.timer(alarm.hostID(), node.TimerID(alarm.ref)).seq == alarm.seq {
		return false
	}
	k.dropStale()
	return true
}

// dropStale counts a stale entry that was met in the normal course.
func (k *Kernel[M]) dropStale() bool {
	k.stats.StaleTimers++
	k.stale = max(0, k.stale-1)
	return false
}
