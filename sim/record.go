package sim

import (
	"butterfly/node"
	"butterfly/sim/trace"
)

// Fingerprint is the fingerprint of everything that has happened so far.
func (k *Kernel[M]) Fingerprint() trace.Fingerprint { return k.fingerprint }

// TraceError is the first error of writing the trace, nil without one. A run goes on without its
// trace.
func (k *Kernel[M]) TraceError() error { return k.traceError }

// Remark folds something said while the current step is handled: At and Cause are filled in here.
func (k *Kernel[M]) Remark(r *trace.Record) {
	r.At, r.Cause = k.now, k.cause
	k.fold(r)
}

// Event folds a node's observable event.
func (k *Kernel[M]) Event(host node.ID, e *node.Event) {
	var r trace.Record // see record
	r.Kind, r.Host, r.Peer = trace.NodeEvent, uint32(host), trace.Nobody
	r.Code, r.Subject, r.A, r.B = uint16(e.Kind), e.Subject, e.A, e.B
	k.Remark(&r)
}

// note folds a change of a host's state.
func (k *Kernel[M]) note(kind trace.Kind, host node.ID) {
	k.Remark(&trace.Record{Kind: kind, Host: uint32(host), Peer: trace.Nobody})
}

// traceKinds says as what a step is recorded.
var traceKinds = [...]trace.Kind{
	Deliver: trace.Deliver, Request: trace.Serve, Returned: trace.Return,
	Probed: trace.ProbeDone, Wake: trace.Wake, Control: trace.Control,
}

// record folds a step. The record is filled in field by field: the compiler puts a literal together
// elsewhere and copies it, which stalls as described at [event.set] and cost a tenth of a step.
func (k *Kernel[M]) record(step *Step[M]) {
	var r trace.Record
	r.At, r.Seq, r.Cause = step.At, step.Seq, step.Cause
	r.Kind, r.Host = traceKinds[step.Kind], uint32(step.Host)
	switch step.Kind {
	case Deliver, Request:
		r.Peer, r.Size = uint32(step.From), uint32(step.Size)
	case Returned:
		r.Peer, r.Size = uint32(step.From), uint32(step.Size)
		r.Subject, r.Code = uint32(step.CallID), uint16(step.Failure)
	case Probed:
		r.Subject, r.A = step.Probe.Origin, step.Probe.Token
		r.Code = uint16(step.Probe.Outcome)
	case Wake:
		r.Code = uint16(step.Timer)
	case Control:
		r.Subject = step.Control
	}
	k.fold(&r)
}

func (k *Kernel[M]) fold(r *trace.Record) {
	k.fingerprint.Fold(r)
	if k.trace != nil {
		k.write(r)
	}
}

func (k *Kernel[M]) write(r *trace.Record) {
	if err := k.trace.Write(r); err != nil && k.traceError == nil {
		k.traceError = err
	}
}
