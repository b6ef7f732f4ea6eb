package crdt

import (
	"cmp"
	"slices"
)

// scratch is memory that exchanges reuse.
type scratch struct {
	context []Dot   // of one entry of an answer
	fresh   []fresh // dots new to the replica that their chains lack yet
	changed []place // entries the delta changed
}

// fresh says that the entry at place has a new dot of actor.
type fresh struct {
	actor Actor
	seq   uint64
	place place
}

// Answer fills delta with what a replica at since lacks: exactly the entries that hold a dot since
// does not cover, in an order that depends on this replica's history only. It costs O(actors +
// answer), however large the map is.
func (m *Map[K, V]) Answer(since *VersionVector, delta *Delta[K, V]) {
	delta.Reset()
	delta.Since.CopyFrom(since)
	delta.Versions.CopyFrom(&m.versions)
	for _, c := range m.chains {
		first := m.firstAfter(c, since.Seq(c.actor))
		for p := first; p != nowhere; p = m.seenAt(p, c.actor).newer {
			// An entry with new dots of several actors is in several chains; it goes with the
			// first.
			if m.entries[p].goesWith(c.actor, since) {
				m.appendEntry(delta, p)
			}
		}
	}
}

// firstAfter walks chain c back to its oldest entry with a dot after seq; nowhere if there is none.
func (m *Map[K, V]) firstAfter(c chain, seq uint64) place {
	first := nowhere
	for p := c.newest; p != nowhere; {
		s := m.seenAt(p, c.actor)
		if s.Seq <= seq {
			break
		}
		first, p = p, s.older
	}
	return first
}

// goesWith reports whether actor, one of those in the context of e, is the first with a dot beyond
// since.
func (e *entry[K, V]) goesWith(actor Actor, since *VersionVector) bool {
	for i := 0; e.context[i].Actor < actor; i++ {
		if !since.Covers(e.context[i].Dot) {
			return false
		}
	}
	return true
}

func (m *Map[K, V]) appendEntry(delta *Delta[K, V], p place) {
	e := &m.entries[p]
	m.scratch.context = m.scratch.context[:0]
	for i := range e.context {
		m.scratch.context = append(m.scratch.context, e.context[i].Dot)
	}
	delta.Append(e.key, m.scratch.context, e.siblings)
}

// Apply merges the answer to a pull and calls changed, unless it is nil, for each key whose entry
// is not what it was, when all is merged; changed may read the map and must not modify it.
//
// It returns false and does nothing if the delta is malformed or if this replica lacks a dot of
// delta.Since: then the delta omits what the replica is missing, and to join its vector would hide
// that for good. That is the causal delta-merging condition (Almeida, Shoker and Baquero, "Delta
// state replicated data types", 2018), put for pulls.
func (m *Map[K, V]) Apply(delta *Delta[K, V], changed func(K)) bool {
	if !m.versions.CoversAll(&delta.Since) || !delta.valid() {
		return false
	}
	m.scratch.fresh, m.scratch.changed = m.scratch.fresh[:0], m.scratch.changed[:0]
	for i := range delta.Entries {
		m.merge(&delta.Entries[i])
	}
	m.linkFresh()
	if m.versions.Join(&delta.Versions) {
		m.versionHash = m.versions.Hash()
	}
	if changed != nil {
		for _, p := range m.scratch.changed {
			changed(m.entries[p].key)
		}
	}
	return true
}

// merge joins one entry. Its new dots are collected in scratch.fresh.
func (m *Map[K, V]) merge(other *Entry[K, V]) {
	p := m.locate(other.Key)
	m.discount(p)
	changed := m.entries[p].joinSiblings(other)
	for _, dot := range other.Context {
		if m.raise(p, dot) {
			m.scratch.fresh = append(m.scratch.fresh, fresh{dot.Actor, dot.Seq, p})
			changed = true
		}
	}
	m.count(p)
	if changed {
		m.scratch.changed = append(m.scratch.changed, p)
	}
}

// linkFresh links the new dots in the order of their numbers. All are newer than what their chains
// hold: what the replica had seen before, its contexts hold already.
func (m *Map[K, V]) linkFresh() {
	slices.SortFunc(m.scratch.fresh, func(a, b fresh) int {
		if order := cmp.Compare(a.actor, b.actor); order != 0 {
			return order
		}
		return cmp.Compare(a.seq, b.seq)
	})
	for _, f := range m.scratch.fresh {
		// A delta that names a key twice may have raised one slot twice: only the last counts.
		if m.seenAt(f.place, f.actor).Seq == f.seq {
			m.link(f.place, f.actor)
		}
	}
}
