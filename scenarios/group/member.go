package group

import (
	"bytes"
	"time"

	"butterfly/node"
	"butterfly/node/swim"
	"butterfly/sim/clock"
)

// ownTimer is the slot that a member here uses beside those of the [swim.Swim] in it.
const ownTimer node.TimerID = swim.Timers

type effects = node.Out[swim.Message]

// newcomer is a member that waits before it joins. Until then it is a host where nobody listens.
type newcomer struct {
	*swim.Swim
	joins clock.Time
	saved []byte
	begun bool
}

// newNewcomer returns a member that joins at the given moment, or when it starts if that is later.
func newNewcomer(member *swim.Swim, joins time.Duration) *newcomer {
	return &newcomer{Swim: member, joins: clock.At(joins)}
}

// Start implements [node.Machine].
func (n *newcomer) Start(now clock.Time, saved []byte, out *effects) {
	n.saved = bytes.Clone(saved)
	if now >= n.joins {
		n.begin(now, out)
		return
	}
	out.Alarm(ownTimer, n.joins)
}

func (n *newcomer) begin(now clock.Time, out *effects) {
	n.begun = true
	n.Swim.Start(now, n.saved, out)
}

// Receive implements [node.Machine].
func (n *newcomer) Receive(now clock.Time, from node.ID, m *swim.Message, out *effects) {
	if n.begun {
		n.Swim.Receive(now, from, m, out)
	}
}

// Wake implements [node.Machine].
func (n *newcomer) Wake(now clock.Time, t node.TimerID, out *effects) {
	if t == ownTimer {
		n.begin(now, out)
		return
	}
	n.Swim.Wake(now, t, out)
}

// Serve implements [node.Server].
func (n *newcomer) Serve(
	now clock.Time, from node.ID, request, reply *swim.Message, out *effects,
) (served bool) {
	return n.begun && n.Swim.Serve(now, from, request, reply, out)
}

// Leave implements [node.Leaver].
func (n *newcomer) Leave(now clock.Time, out *effects) {
	if n.begun {
		n.Swim.Leave(now, out)
		return
	}
	out.Alarm(ownTimer, clock.Never)
}

// Describe implements [node.Describer]. A member that has not joined has nobody to tell; once it has,
// the others go by where they hear it from.
func (n *newcomer) Describe(now clock.Time, metadata []byte, out *effects) error {
	if !n.begun {
		return nil
	}
	return n.Swim.Describe(now, metadata, out)
}

// describer is a member that gives itself new metadata at a given moment.
type describer struct {
	*swim.Swim
	describes clock.Time
}

// newDescriber returns a member that gives itself new metadata at the given moment.
func newDescriber(member *swim.Swim, describes time.Duration) *describer {
	return &describer{member, clock.At(describes)}
}

// description is the metadata, of the length of an address.
const description = "192.0.2.1:7946"

// Start implements [node.Machine]. A life that begins after the moment describes itself no more.
func (d *describer) Start(now clock.Time, saved []byte, out *effects) {
	d.Swim.Start(now, saved, out)
	if now <= d.describes {
		out.Alarm(ownTimer, d.describes)
	}
}

// Wake implements [node.Machine].
func (d *describer) Wake(now clock.Time, t node.TimerID, out *effects) {
	if t != ownTimer {
		d.Swim.Wake(now, t, out)
		return
	}
	if err := d.Describe(now, []byte(description), out); err != nil {
		panic(err) // shorter than any datagram's room
	}
}
