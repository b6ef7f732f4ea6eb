package crdt

import (
	"cmp"
	"slices"
)

// place is the index of an entry in a map's slab. Entries never move: tombstones keep their place.
type place int32

// nowhere is the place of no entry.
const nowhere place = -1

// chain is the index that makes an answer cost what it holds: a doubly linked list through the
// entries that actor wrote, in the order of its newest dot for each. The links lie in the entries'
// contexts. An older dot of the actor for the same key needs no link: who lacks it lacks the newest
// one as well.
//
// Invariant: from newest to oldest the sequence numbers of the actor strictly fall.
type chain struct {
	actor  Actor
	newest place
}

// chainOf returns actor's chain. The pointer is valid until the next new actor.
func (m *Map[K, V]) chainOf(actor Actor) *chain {
	i, found := slices.BinarySearchFunc(m.chains, actor, func(c chain, a Actor) int {
		return cmp.Compare(c.actor, a)
	})
	if !found {
		m.chains = slices.Insert(m.chains, i, chain{actor, nowhere})
	}
	return &m.chains[i]
}

// link appends the entry at p to the new end of actor's chain.
func (m *Map[K, V]) link(p place, actor Actor) {
	c, s := m.chainOf(actor), m.seenAt(p, actor)
	s.older, s.newer = c.newest, nowhere
	if c.newest != nowhere {
		m.seenAt(c.newest, actor).newer = p
	}
	c.newest = p
}

// unlink takes the entry at p out of actor's chain, if it is in there.
func (m *Map[K, V]) unlink(p place, actor Actor) {
	c, s := m.chainOf(actor), m.seenAt(p, actor)
	if s.newer != nowhere {
		m.seenAt(s.newer, actor).older = s.older
	} else if c.newest == p {
		c.newest = s.older
	}
	if s.older != nowhere {
		m.seenAt(s.older, actor).newer = s.newer
	}
	s.older, s.newer = nowhere, nowhere
}

// seenAt returns actor's slot in the context of the entry at p, which must have one.
func (m *Map[K, V]) seenAt(p place, actor Actor) *seen {
	e := &m.entries[p]
	i, _ := e.slot(actor)
	return &e.context[i]
}
