package explore_test

import (
	"slices"

	"butterfly/node/crdt"
	"butterfly/sim/rng"
)

// plain is the map with siblings as one would write it on a blackboard: nothing is indexed, and
// everything can be overridden. The broken designs that are broken inside embed it.
type plain struct {
	self     crdt.Actor
	versions crdt.VersionVector
	entries  []plainEntry // sorted by key
}

// plainEntry is what a replica knows of a key: the dots of it that were seen, and the writes among
// them that none of those overwrote.
type plainEntry struct {
	key      uint32
	context  crdt.VersionVector
	siblings []sibling
}

func newPlain(self crdt.Actor) *plain { return &plain{self: self} }

func (m *plain) Put(key uint32, value uint64) crdt.Dot {
	dot, e := m.next(key)
	e.siblings = []sibling{{Dot: dot, Value: value}}
	return dot
}

func (m *plain) Remove(key uint32) (crdt.Dot, bool) {
	dot, e := m.next(key)
	e.siblings = nil
	return dot, true
}

// next returns the next dot of this replica, which is seen and in the context of key from here on.
func (m *plain) next(key uint32) (crdt.Dot, *plainEntry) {
	dot := crdt.Dot{Actor: m.self, Seq: m.versions.Seq(m.self) + 1}
	m.versions.Advance(dot)
	e := m.entry(key)
	e.context.Advance(dot)
	return dot, e
}

// entry returns the entry of key, which is empty if there was none.
func (m *plain) entry(key uint32) *plainEntry {
	i, known := slices.BinarySearchFunc(m.entries, key, func(e plainEntry, key uint32) int {
		return int(e.key) - int(key)
	})
	if !known {
		m.entries = slices.Insert(m.entries, i, plainEntry{key: key})
	}
	return &m.entries[i]
}

func (m *plain) Siblings(key uint32) []sibling { return m.entry(key).siblings }

func (m *plain) Context(c *crdt.CausalContext) {
	c.Reset()
	c.Vector.CopyFrom(&m.versions)
}

func (m *plain) Horizon() *crdt.VersionVector { return &crdt.VersionVector{} }

func (m *plain) Collect(*crdt.VersionVector) {}

func (m *plain) VersionHash() uint64 { return m.versions.Hash() }

func (m *plain) StateHash() (hash uint64) {
	for _, e := range m.entries {
		for _, s := range e.siblings {
			hash += rng.Mix(s.Value ^ uint64(e.key)<<40)
		}
	}
	return hash
}

func (m *plain) Answer(since *crdt.CausalContext, _ int, d *delta) {
	d.Reset()
	d.Since.CopyFrom(since)
	d.Versions.CopyFrom(&m.versions)
	for _, e := range m.entries {
		if !since.Vector.CoversAll(&e.context) {
			d.Append(e.key, e.context, e.siblings)
		}
	}
}

func (m *plain) Apply(d *delta, _ func(uint32)) bool {
	for i := range d.Entries {
		m.entry(d.Entries[i].Key).join(&d.Entries[i])
	}
	m.versions.Join(&d.Versions)
	return true
}

// join keeps the siblings on both sides, and those of one that the other has not seen.
func (e *plainEntry) join(other *crdt.Entry[uint32, uint64]) {
	theirs := crdt.VersionVector(other.Context)
	joined := without(e.siblings, func(s sibling) bool {
		return theirs.Covers(s.Dot) && !slices.Contains(other.Siblings, s)
	})
	joined = append(joined, without(other.Siblings, func(s sibling) bool {
		return e.context.Covers(s.Dot) || slices.Contains(joined, s)
	})...)
	slices.SortFunc(joined, func(a, b sibling) int { return a.Dot.Compare(b.Dot) })
	e.siblings = joined
	e.context.Join(&theirs)
}

// without returns a copy of siblings without those that are gone.
func without(siblings []sibling, gone func(sibling) bool) []sibling {
	return slices.DeleteFunc(slices.Clone(siblings), gone)
}

// prior returns whether a write is read rather than a concurrent one: C > B > A.
func prior(a, b sibling) bool { return a.Dot.Actor.Node() > b.Dot.Actor.Node() }

// first returns the sibling of the highest priority.
func first(siblings []sibling) sibling {
	best := siblings[0]
	for _, s := range siblings[1:] {
		if prior(s, best) {
			best = s
		}
	}
	return best
}
