package scenarios

import (
	"fmt"
	"strings"

	"butterfly/node"
	"butterfly/sim/rng"
)

// FaultKind names what goes wrong.
type FaultKind string

const (
	// Crash: the hosts' processes die; they return after For, with what they saved if Keep is set.
	// With Old they return with what they had saved by that long before the crash, as from a snapshot,
	// and with Torn with the last save cut short. With Moved they return under the same name at
	// another address; see package world. Without For they stay away.
	Crash FaultKind = "crash"
	// Pause: the hosts stand still for For; input queues up and timers go off late.
	Pause FaultKind = "pause"
	// Block: the hosts' sockets are blocked for For. What arrives waits, and so does what they
	// send; alarms go off on time, but one that has sent something is stuck in that and goes off no
	// more until the end. This is the anomaly of the Lifeguard paper (Dadgar, Phillips and Currey,
	// 2018, sections II and V).
	Block FaultKind = "block"
	// Leave: the hosts leave on their own account, stop, and return after For (never without For).
	Leave FaultKind = "leave"
	// DiskFull: what the hosts save is lost for For, and nobody tells them; what was saved before
	// stays.
	DiskFull FaultKind = "disk-full"
	// Slow: each input of the hosts takes Cost to process for For, so that others queue up behind it
	// and are handled late. Costs of faults that overlap add up.
	Slow FaultKind = "slow"
	// Clock: the hosts' clocks run RatePPM fast for For, or slow if it is negative, and a life that
	// begins meanwhile finds the wall clock off by Offset. A running process reads no wall clock, so
	// that nothing it does depends on a jump; see package world.
	Clock FaultKind = "clock"
	// Upgrade: the hosts stop, and return after For, with their disks and another configuration,
	// which they keep for good: that of [Scenario.Other].
	Upgrade FaultKind = "upgrade"
	// Partition: nothing passes between Hosts and Others for For; with OneWay, nothing passes from
	// Hosts to Others, and the way back stays open. Either is all who are not in the other if it is
	// left out. So a host that only hears is one of Hosts, one way, and a host that only speaks is one
	// of Others; a bridge is what neither names.
	Partition FaultKind = "partition"
	// Loss: every link loses LossPPM of its packets, on top of what it loses anyway, for For. As all
	// faults of packets it strikes the links between Hosts and Others only if it names some; who is
	// left out is everybody then.
	Loss FaultKind = "loss"
	// BurstLoss: every link is bad at times, apart from the others, and then loses LossPPM of its
	// packets, for For: on average it is good for GoodPackets packets and bad for BadPackets; see
	// [netmodel.Burst].
	BurstLoss FaultKind = "burst-loss"
	// Duplicate: every link delivers SharePPM of its datagrams twice, for For. The second copy is
	// late by up to By, whatever happens meanwhile: short spans are the duplicates of a network,
	// long ones replays of what is out of date.
	Duplicate FaultKind = "duplicate"
	// Reorder: every link holds SharePPM of its packets back, each by a time of its own up to By,
	// so that later ones overtake them, for For.
	Reorder FaultKind = "reorder"
	// Corrupt: every link damages the bytes of SharePPM of its packets, for For. No server is to
	// take what was damaged for a message; see [netmodel.Damage].
	Corrupt FaultKind = "corrupt"
	// Uplink: the hosts' own network fails for For. Nothing passes between any of them and anybody
	// else, and no origin answers their probes.
	Uplink FaultKind = "uplink"
	// NoSockets: the hosts can open no further sockets for For, having run out of files or of ports.
	// They cannot probe, and know it at once; what they have open with each other stays open.
	NoSockets FaultKind = "no-sockets"
	// OriginDown: the origins do not answer probes for For; without For they never do again.
	OriginDown FaultKind = "origin-down"
	// Register: an operator tells the first of the hosts that is up to have the origins checked, by
	// Definition, which may be another one than before; Unregister: not to. Neither has For.
	Register   FaultKind = "register"
	Unregister FaultKind = "unregister"
)

// Fault is one thing that goes wrong in a run: plain data that can be printed, stored and removed.
type Fault struct {
	Kind  FaultKind `json:"kind"`
	At    Span      `json:"at"`
	For   Span      `json:"for,omitempty"`
	Hosts []node.ID `json:"hosts,omitempty"`
	// Others are at the other end of the links that a fault of links or of packets strikes.
	Others  []node.ID `json:"others,omitempty"`
	Origins []uint32  `json:"origins,omitempty"`
	Keep    bool      `json:"keep,omitempty"`
	// Old and Torn say what a Crash with Keep has kept, and not both.
	Old     Span    `json:"old,omitempty"`
	Torn    bool    `json:"torn,omitempty"`
	Moved   bool    `json:"moved,omitempty"` // a Crash returns at another address
	OneWay  bool    `json:"one_way,omitempty"`
	LossPPM rng.PPM `json:"loss_ppm,omitempty"`
	// GoodPackets and BadPackets are the mean lengths of the states of a BurstLoss; 0 means 100 and
	// 4, the lengths of bad Wi-Fi.
	GoodPackets int `json:"good_packets,omitempty"`
	BadPackets  int `json:"bad_packets,omitempty"`
	// SharePPM is the share of packets that Duplicate, Reorder and Corrupt strike, By by how much
	// the first two make them late at most.
	SharePPM rng.PPM `json:"share_ppm,omitempty"`
	By       Span    `json:"by,omitempty"`
	// Cost is what one input of a Slow host takes; 0 means 1 ms.
	Cost Span `json:"cost,omitempty"`
	// RatePPM is how much faster than time a Clock runs, in millionths, Offset by how much its wall
	// clock is ahead; both may be negative.
	RatePPM int  `json:"rate_ppm,omitempty"`
	Offset  Span `json:"offset,omitempty"`
	// Latency is what SlowLinks adds to the delay of what is sent.
	Latency Latency `json:"latency,omitzero"`
	// Bytes is the size of the largest datagram that an MTU lets pass; BytesPerSecond is how much a
	// link carries under a Limit, and QueueBytes how much may wait for it.
	Bytes          int `json:"bytes,omitempty"`
	BytesPerSecond int `json:"bytes_per_second,omitempty"`
	QueueBytes     int `json:"queue_bytes,omitempty"`
	// PerSecond is how many datagrams a second Forge makes.
	PerSecond int `json:"per_second,omitempty"`
	// Definition is the number of a check definition, of Register only.
	Definition uint16 `json:"definition,omitempty"`
}

// Operates reports whether it is an operator's doing and nothing that fails.
func (f *Fault) Operates() bool { return f.Kind == Register || f.Kind == Unregister }

// End is when the fault is over; a fault without For ends when it happens.
func (f *Fault) End() Span { return f.At + f.For }

// MostAtOnce is how many hosts faults of some sort strike at once at most, in a run of the given length: most
// of them when the last of these faults begins. A host that two of them strike counts twice.
func MostAtOnce(faults []Fault, duration Span, isOne func(*Fault) bool) (most int) {
	for i := range faults {
		struck, begin := 0, faults[i].At
		for j := range faults {
			if f := &faults[j]; isOne(f) && f.At <= begin && begin <= f.Until(duration) {
				struck += len(f.Hosts)
			}
		}
		most = max(most, struck)
	}
	return most
}

// Healed is when the last of the faults is over, 0 without any, and the last packet that they made
// late has arrived. A host or an origin that never returns is no reason to wait for it.
func Healed(faults []Fault) Span {
	var last Span
	for i := range faults {
		last = max(last, faults[i].End()+faults[i].lateness())
	}
	return last
}

// String says what happens, to whom and when, in one line.
func (f *Fault) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v %v", f.At, f.Kind)
	switch f.Kind {
	case OriginDown:
		fmt.Fprintf(&b, " %s", list("origin", f.Origins))
	case Partition:
		b.WriteString(" " + f.parted())
	case Forge:
		fmt.Fprintf(&b, " a datagram every %v to %s", f.Period(), list("server", f.Hosts))
	case Block:
		fmt.Fprintf(&b, " the sockets of %s", list("server", f.Hosts))
	case DiskFull, Slow, Clock:
		fmt.Fprintf(&b, " %s", f.hostText())
	case Register:
		fmt.Fprintf(&b, " %s at %s, definition %d",
			list("origin", f.Origins), list("server", f.Hosts), f.Definition)
	case Unregister:
		fmt.Fprintf(&b, " %s at %s", list("origin", f.Origins), list("server", f.Hosts))
	default:
		if f.OnLinks() {
			fmt.Fprintf(&b, "%s %s", f.linksText(), f.where())
		} else {
			fmt.Fprintf(&b, " %s", list("server", f.Hosts))
		}
	}
	if f.For > 0 {
		fmt.Fprintf(&b, " for %v", f.For)
	}
	if f.Kind == Crash && f.For > 0 {
		b.WriteString(f.diskText() + f.addressText())
	}
	return b.String()
}

// list prints a few numbers in full and many as a count.
func list[T ~uint32](noun string, numbers []T) string {
	if len(numbers) == 1 {
		return fmt.Sprintf("%s %d", noun, numbers[0])
	}
	if len(numbers) > 12 {
		return fmt.Sprintf("%d %ss", len(numbers), noun)
	}
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = fmt.Sprint(n)
	}
	return noun + "s " + strings.Join(texts, ",")
}

// Validate reports the first thing wrong with the fault in a run of the given size, naming the
// field.
func (f *Fault) Validate(hosts, origins int, duration Span) error {
	if err := f.validateTraits(); err != nil {
		return err
	}
	if f.At < 0 || f.For < 0 || f.At > duration || f.For > duration-f.At {
		return fmt.Errorf("at: %v for %v does not lie within the run of %v", f.At, f.For, duration)
	}
	if err := validateTargets("hosts", "server", f.Hosts, hosts); err != nil {
		return err
	}
	if err := validateTargets("others", "server", f.Others, hosts); err != nil {
		return err
	}
	if err := validateTargets("origins", "origin", f.Origins, origins); err != nil {
		return err
	}
	if err := f.validateHostFault(); err != nil {
		return err
	}
	if err := f.validateLinks(); err != nil {
		return err
	}
	if err := f.validateForgery(); err != nil {
		return err
	}
	if err := f.validatePackets(); err != nil {
		return err
	}
	return f.validateBite(hosts)
}

// validateTargets checks that whom a fault strikes exists, and is named once.
func validateTargets[T ~uint32](field, noun string, targets []T, count int) error {
	named := make(map[T]bool, len(targets))
	for _, target := range targets {
		switch {
		case int64(target) >= int64(count):
			return fmt.Errorf("%s: %s %d does not exist, there are %d", field, noun, target, count)
		case named[target]:
			return fmt.Errorf("%s: %s %d is named twice", field, noun, target)
		}
		named[target] = true
	}
	return nil
}
