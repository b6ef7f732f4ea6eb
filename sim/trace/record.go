package trace

import (
	"fmt"
	"math"
	"strings"

	"butterfly/sim/clock"
)

// Nobody stands in Host or Peer where there is none, as in the node contract.
const Nobody uint32 = math.MaxUint32

// Record is one line of a run's history: a step of the kernel, or a remark made while a step was
// being handled. What a field means beyond the description here is said by the [Kind].
type Record struct {
	// At is the virtual time. Records of one trace never go back in time.
	At clock.Time
	// Seq numbers a step in the order of scheduling, from 1. It is 0 for a remark, which is no
	// step.
	Seq uint64
	// Cause is the Seq of the step that scheduled this one or that this remark was made in. It is 0
	// for what the scenario itself set up before the run.
	Cause uint64
	// A and B are details.
	A, B uint64
	// Host is whom it happened to; Peer is the other party.
	Host, Peer uint32
	// Subject is what it was about: a host, an origin, a call, a fault.
	Subject uint32
	// Size is in bytes, 0 where nothing was carried.
	Size uint32
	// Code subdivides the kind: a timer slot, a node event's kind, a reason.
	Code uint16
	// Kind says what happened; it is never 0.
	Kind Kind
}

// String prints the record on one line: "12.345s #1042<-#1017 deliver 3->7 88 B".
func (r *Record) String() string { return r.Describe(nil) }

// Describe is [Record.String] with node events called by name. A nil eventName prints their
// numbers.
func (r *Record) Describe(eventName func(code uint16) string) string {
	var line strings.Builder
	fmt.Fprintf(&line, "%v %s%v%s", r.At, r.steps(), r.Kind, r.parties())
	if r.Kind == NodeEvent && eventName != nil {
		fmt.Fprintf(&line, " %s", eventName(r.Code))
	} else {
		detail(&line, "code", uint64(r.Code))
	}
	detail(&line, "subject", uint64(r.Subject))
	detail(&line, "a", r.A)
	detail(&line, "b", r.B)
	if r.Size != 0 {
		fmt.Fprintf(&line, " %d B", r.Size)
	}
	return line.String()
}

// steps prints "#1042<-#1017 " for a step and "<-#1042 " for a remark.
func (r *Record) steps() string {
	switch {
	case r.Seq == 0 && r.Cause == 0:
		return ""
	case r.Seq == 0:
		return fmt.Sprintf("<-#%d ", r.Cause)
	case r.Cause == 0:
		return fmt.Sprintf("#%d ", r.Seq)
	}
	return fmt.Sprintf("#%d<-#%d ", r.Seq, r.Cause)
}

// parties prints " 3->7" for a message from host 3 to host 7 and " 7" for what concerns host 7
// alone.
func (r *Record) parties() string {
	switch {
	case r.Host == Nobody:
		return ""
	case r.Kind.hasPeer() && r.Peer != Nobody:
		return fmt.Sprintf(" %d->%d", r.Peer, r.Host)
	}
	return fmt.Sprintf(" %d", r.Host)
}

func detail(line *strings.Builder, name string, value uint64) {
	if value != 0 {
		fmt.Fprintf(line, " %s=%d", name, value)
	}
}
