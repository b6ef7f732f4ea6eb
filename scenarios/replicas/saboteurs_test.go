package replicas

import (
	"slices"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/sim/clock"
)

// deceived is a replica to which answers come changed.
type deceived struct {
	*Replica
	change func(*delta)
}

func (d *deceived) Returned(
	now clock.Time, from node.ID, call node.CallID, reply *Message, failure node.Failure,
	out *effects,
) {
	if reply != nil {
		changed := *reply
		changed.Delta.Entries = slices.Clone(reply.Delta.Entries)
		d.change(&changed.Delta)
		reply = &changed
	}
	d.Replica.Returned(now, from, call, reply, failure, out)
}

type (
	delta = crdt.Delta[uint32, uint64]
	entry = crdt.Entry[uint32, uint64]
)

// forget leaves out whatever others say about key 7.
func forget(d *delta) {
	d.Entries = slices.DeleteFunc(d.Entries, func(e entry) bool { return e.Key == 7 })
}

// resurrect leaves out all removals: who has the value keeps it.
func resurrect(d *delta) {
	d.Entries = slices.DeleteFunc(d.Entries, func(e entry) bool { return len(e.Siblings) == 0 })
}

// invent changes the values that arrive.
func invent(d *delta) {
	for i := range d.Entries {
		e := &d.Entries[i]
		e.Siblings = slices.Clone(e.Siblings)
		for j := range e.Siblings {
			e.Siblings[j].Value++
		}
	}
}

// scatter takes every write that arrives for one by itself, without what went before.
func scatter(d *delta) { d.Versions = nil }

// amnesiac numbers each of its lives as the first, and so its writes.
type amnesiac struct{ *Replica }

func (a *amnesiac) Start(_ clock.Time, _ []byte, out *effects) { a.Replica.Start(0, nil, out) }

// relapsing loses its map whenever a minute begins, and lives on.
type relapsing struct {
	*Replica
	minute int
}

func (r *relapsing) Wake(now clock.Time, t node.TimerID, out *effects) {
	if minute := int(now.Seconds()) / 60; minute > r.minute {
		r.minute = minute
		*r.store = *crdt.New(r.Actor(), MapConfig())
	}
	r.Replica.Wake(now, t, out)
}
