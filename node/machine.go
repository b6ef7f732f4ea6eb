package node

import (
	"math"

	"butterfly/sim/clock"
)

// ID names a node: a small dense number handed out by the driver, so that tables can be arrays.
// In simulation it is the host's number from 0; live, the driver numbers the peers it knows.
type ID uint32

// Nobody is the ID of no node.
const Nobody ID = math.MaxUint32

// MaxIDs bounds the IDs a driver may hand out: 0 <= id < MaxIDs. Wire formats and packed
// identifiers rely on it.
const MaxIDs = 1 << 20

// TimerID names one of a machine's timer slots, 0 <= t < [MaxTimers].
type TimerID uint8

// MaxTimers is how many timer slots a machine has. A part with many deadlines keeps them as its own
// data and arms one slot with the earliest.
const MaxTimers = 8

// CallID is chosen by the caller of a stream request and comes back with the answer.
type CallID uint32

// Machine is a deterministic state machine over messages of type M; see the package documentation
// for the duties on both sides.
type Machine[M any] interface {
	// Start is the first input. saved is what the last Save of an earlier life stored, nil without
	// one; it is valid only during the call.
	Start(now clock.Time, saved []byte, out *Out[M])
	// Receive takes a datagram. m is valid only during the call and must not be modified.
	Receive(now clock.Time, from ID, m *M, out *Out[M])
	// Wake reports that alarm t went off: now is at or after the time it was set for.
	Wake(now clock.Time, t TimerID, out *Out[M])
}

// Server is implemented by machines that answer stream requests.
type Server[M any] interface {
	// Serve fills in reply, which arrives empty, and reports whether it serves such a request at
	// all: if not, the caller is [Refused] and reply does not count. request is valid only during
	// the call and must not be modified.
	Serve(now clock.Time, from ID, request, reply *M, out *Out[M]) (served bool)
}

// Caller is implemented by machines that make stream requests.
type Caller[M any] interface {
	// Returned ends call: reply is the peer's answer when failure is [OK], nil otherwise.
	Returned(now clock.Time, from ID, call CallID, reply *M, failure Failure, out *Out[M])
}

// Prober is implemented by machines that probe origins.
type Prober[M any] interface {
	Probed(now clock.Time, result ProbeResult, out *Out[M])
}

// Resetter is implemented by message types (on the pointer) that keep memory for reuse. Reset makes
// the message equal to a zero one as far as any reader can tell. Without it a reused message is
// zeroed.
type Resetter interface{ Reset() }

// Digester is implemented by machines that can summarise their state in 64 bits. The simulator
// folds it into the fingerprint when a run ends.
type Digester interface{ Digest() uint64 }

// Failure says why a stream call has no reply.
type Failure uint8

const (
	// OK means there is a reply.
	OK Failure = iota
	// Timeout means no answer came within the caller's deadline: the peer is down, paused, slow or
	// cut off.
	Timeout
	// Refused means the peer's host answered and nobody served the request.
	Refused
)

func (f Failure) String() string {
	switch f {
	case OK:
		return "ok"
	case Timeout:
		return "timeout"
	case Refused:
		return "refused"
	}
	return "failure?"
}

// Leaver is implemented by machines that can leave on their own account. The driver stops the node
// a little later.
type Leaver[M any] interface {
	Leave(now clock.Time, out *Out[M])
}

// Describer is implemented by machines that tell the others something of themselves. What that is, is
// between the drivers: above all, where the node can be reached. Those that hear of it say so by
// [MemberAlive], with a hash of it.
type Describer[M any] interface {
	// Describe has this node say metadata of itself from now on, after Start. The error is that it is
	// too long.
	Describe(now clock.Time, metadata []byte, out *Out[M]) error
}

// Registrar is implemented by machines whose origins change at run time: an operator told this node.
// Numbers of origins are dense, handed out by the driver like IDs; definition is the number of one of
// the definitions that all nodes are configured with.
type Registrar[M any] interface {
	// Register makes origin one of those to check, or changes how it is checked.
	Register(now clock.Time, origin uint32, definition uint16, out *Out[M])
	// Unregister makes origin none of those to check.
	Unregister(now clock.Time, origin uint32, out *Out[M])
}
