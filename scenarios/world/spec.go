package world

import (
	"fmt"
	"time"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
	"butterfly/sim/trace"
)

// Spec is everything about a run of machines that exchange messages of type M.
type Spec[M any] struct {
	// Name is what reports call the run.
	Name string
	// Seed decides all luck.
	Seed uint64
	// Hosts is how many servers there are. All start within the first [Spec.StartSpread].
	Hosts int
	// StartSpread is the time over which the servers' first starts are spread. 0 starts all at
	// once.
	StartSpread time.Duration
	// Machine builds the machine for one life of a host. rand is a stream of its own for that life.
	Machine func(host node.ID, rand rng.Rand) node.Machine[M]
	// Seeds are the hosts that can be looked up by name, wherever they have moved to; see "Addresses"
	// in the package's documentation.
	Seeds []node.ID
	// Upgraded builds the machines of the hosts that a fault has upgraded; nil means Machine.
	Upgraded func(host node.ID, rand rng.Rand) node.Machine[M]
	// Dialect is a version of the wire format that some hosts speak; nil if all speak alike.
	Dialect *Dialect[M]
	// Size is what a message weighs on the wire in bytes. nil counts no bytes.
	Size func(m *M) int
	// Codec, when set, makes every message travel as bytes: encoded on sending and decoded on
	// arrival. The fingerprint must be the same as without. What corruption damages is parsed as
	// well; see "Damaged datagrams" in the package's documentation.
	Codec *Codec[M]
	// BareCarrier leaves out what guards datagrams, checksum and key: what is damaged or forged, and
	// passes for a message, is delivered.
	BareCarrier bool
	// Network is what the network is like while no fault acts on it.
	Network netmodel.Config
	// Places is where the hosts stand; nil for all of them at one place.
	Places *netmodel.Places
	// KeepAlive: streams between hosts stay open, so that a call is a request and its reply.
	// Without it each call opens a stream of its own, which takes one round trip more.
	KeepAlive bool
	// GoesOn reports whether a request goes on with a contact that an earlier call has begun. What
	// the network's CallLoss takes are contacts: it spares the calls that go on with one. nil makes
	// every call a contact of its own.
	GoesOn func(request *M) bool
	// Origins describes what the machines probe; the zero value means there is nothing to probe.
	Origins Origins
	// Faults is the plan.
	Faults []scenarios.Fault
	// Schedule makes messages late by who sends them; nil for a network where all are alike.
	Schedule *scenarios.Schedule
	// Duration is the length of the run.
	Duration time.Duration
	// Beyond says why the promises that the checkers hold the run to are not made for it; empty if
	// they are. What is violated then proves nothing: the verdict is Unknown.
	Beyond string
	// Catch makes a panic of a machine the violation of a property, checkers.PropertyNoPanic, with which
	// the run ends: then it can be replayed and shrunk. Without it, it is a panic of the run.
	Catch bool
	// Off, when set, says what is no violation in this run, by its property.
	Off func(property string) bool
	// Checkers watch the run. They are used for this run only.
	Checkers []checkers.Checker
	// Coverage makes the result say what happened during which faults; see [Result.Coverage].
	Coverage bool
	// PlainHeap swaps the kernel's queue for its oracle; see [sim.Options].
	PlainHeap bool
	// Trace, when set, receives the whole history of the run.
	Trace *trace.Writer
}

// Codec turns messages into bytes and back.
type Codec[M any] struct {
	// Append appends the encoding of m to b.
	Append func(b []byte, m *M) []byte
	// Parse decodes all of b into m, which is empty, without retaining b.
	Parse func(b []byte, m *M) error
	// DamagedOnly leaves out the encoding of what nothing damages: the same run, and faster.
	DamagedOnly bool
}

// Origins describes the probed origins.
type Origins struct {
	// Count is how many there are; their numbers are 0 to Count-1.
	Count int
	// Configured is how many of them, those of the lowest numbers, are to be checked from the
	// start; 0 means all. The others are to be checked once an operator has registered them.
	Configured int
	// RoundTrip is how long a probe of a healthy origin takes.
	RoundTrip netmodel.Latency
}

// Validate reports the first thing wrong with the spec.
func (s *Spec[M]) Validate() error {
	switch {
	case s.Hosts < 1 || s.Hosts > node.MaxIDs:
		return fmt.Errorf("hosts: %d, expected 1 to %d", s.Hosts, node.MaxIDs)
	case s.Machine == nil:
		return fmt.Errorf("machine: there is no constructor")
	case s.Duration <= 0:
		return fmt.Errorf("duration: %v, expected more than 0", s.Duration)
	case s.StartSpread < 0 || s.StartSpread > s.Duration:
		return fmt.Errorf("start spread: %v, expected 0 to the duration %v", s.StartSpread, s.Duration)
	case s.Origins.Count < 0:
		return fmt.Errorf("origins: %d, expected 0 or more", s.Origins.Count)
	case s.Origins.Configured < 0 || s.Origins.Configured > s.Origins.Count:
		return fmt.Errorf("configured origins: %d, expected 0 to %d",
			s.Origins.Configured, s.Origins.Count)
	}
	if err := s.Network.Validate(); err != nil {
		return fmt.Errorf("network: %w", err)
	}
	if err := s.Schedule.Validate(); err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	if err := s.Origins.RoundTrip.Validate(); err != nil {
		return fmt.Errorf("origins: round trip: %w", err)
	}
	for i := range s.Faults {
		err := s.Faults[i].Validate(s.Hosts, s.Origins.Count, scenarios.Span(s.Duration))
		if err != nil {
			return fmt.Errorf("fault %d: %w", i+1, err)
		}
		if s.Codec == nil && s.Faults[i].Kind == scenarios.Forge {
			return fmt.Errorf("fault %d: kind: %s needs a codec", i+1, scenarios.Forge)
		}
	}
	return nil
}
