package sim

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// Kind says what a [Step] is.
type Kind uint8

const (
	// Deliver: a datagram from From arrives at Host.
	Deliver Kind = iota + 1
	// Request: a stream request from From arrives at Host, to be answered with [Kernel.Reply].
	Request
	// Returned: Host's call CallID ends, with Message or with Failure.
	Returned
	// Probed: Host's probe, which would run out at Deadline, has the result Probe.
	Probed
	// Wake: Host's timer slot Timer goes off.
	Wake
	// Control: the world scheduled this for itself with [Kernel.Control]; Host is [node.Nobody].
	Control
)

var kindNames = [...]string{
	Deliver: "deliver", Request: "request", Returned: "returned", Probed: "probed", Wake: "wake",
	Control: "control",
}

func (k Kind) String() string { return kindNames[k] }

// Step is one event to handle. Which fields mean something depends on Kind; what earlier steps have
// left in the others is not cleared, which would cost more than filling in what does. Message is
// lent until the next call of [Kernel.Next].
type Step[M any] struct {
	At         clock.Time
	Seq, Cause uint64
	Kind       Kind
	Host, From node.ID
	Message    *M
	Size       int // bytes of Message on the wire
	Call       CallRef
	CallID     node.CallID
	Failure    node.Failure
	Timer      node.TimerID
	Probe      node.ProbeResult
	Deadline   clock.Time
	Control    uint32
}
