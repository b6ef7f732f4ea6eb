package crdt

import "slices"

// scratch is memory that exchanges reuse.
type scratch struct {
	since   []uint64      // what the other side of an answer has seen, by number
	found   []found       // where the next entries of an answer go
	changed pad           // entries an answer changed
	emptied pad           // entries that may have been left without slots
	named   []bool        // by place: whether a whole answer has the entry
	stable  VersionVector // what all have seen
	before  VersionVector // the horizon before a collection
	retired VersionVector // the lives that are retired
	gone    []Actor       // the lives to retire
}

// Apply merges the answer to a pull and calls changed, unless it is nil, for each key whose entry
// is not what it was, when all is merged; changed may read the map and must not modify it.
//
// It returns false and does nothing if the delta is malformed, or if to join it would hide for good
// what this replica is missing:
//
//   - It lacks a dot of delta.Since, so the delta omits something. That is the causal delta-merging
//     condition (Almeida, Shoker and Baquero, "Delta state replicated data types", 2018), put for
//     pulls.
//   - The delta is from a life of which it has seen a later one: it has been on its way for too
//     long.
//   - One of the two has retired a life of which the other has seen more, be it only a write in one
//     of the entries, unless delta is whole. The one that has not retired it has to pull first.
//   - The delta retires the life that this replica lives, or has a single write of it that this
//     replica has not made.
//
// Nor does it apply a delta that brings more keys than there is room for, see [MaxKeys].
func (m *Map[K, V]) Apply(delta *Delta[K, V], changed func(K)) bool {
	if !m.accepts(delta) {
		return false
	}
	m.mergeEntries(delta)
	if delta.Whole {
		m.resynchronise(delta)
	}
	m.bury(delta)
	m.see(&delta.Versions)
	if changed != nil {
		for _, p := range m.scratch.changed.places {
			m.latest = p
			changed(m.entries[p].key)
		}
	}
	m.scratch.changed.clear()
	m.discardEmptied()
	return true
}

// discardEmptied frees those of the entries in question that have no slots.
func (m *Map[K, V]) discardEmptied() {
	for _, p := range m.scratch.emptied.places {
		m.discard(p)
	}
	m.scratch.emptied.clear()
}

func (m *Map[K, V]) accepts(delta *Delta[K, V]) bool {
	return m.hasSeen(&delta.Since) && !m.versions.supersedes(delta.From) &&
		delta.valid() && delta.Versions.Seq(m.self) != Retired &&
		m.agreesOnLives(delta) && m.agreesOnWrites(delta) && m.hasRoom(delta.Entries)
}

// hasRoom reports whether the entries can be added without there being more than MaxKeys.
func (m *Map[K, V]) hasRoom(entries []Entry[K, V]) bool {
	room := MaxKeys - m.index.keys
	if len(entries) <= room {
		return true
	}
	for i := range entries {
		if _, known := m.find(entries[i].Key); !known {
			room--
		}
	}
	return room >= 0
}

// agreesOnWrites reports whether no entry has a write of a retired life that is lost here, nor one
// of this life that would go into its own cloud.
func (m *Map[K, V]) agreesOnWrites(delta *Delta[K, V]) bool {
	own := max(m.versions.Seq(m.self), delta.Versions.Seq(m.self))
	retired := !delta.Whole && len(*m.retirements()) > 0
	for i := range delta.Entries {
		for _, dot := range delta.Entries[i].Context {
			if dot.Actor == m.self && dot.Seq > own ||
				retired && m.versions.Seq(dot.Actor) == Retired && m.lost(dot) {
				return false
			}
		}
	}
	return true
}

// lookahead is how many entries of an answer are looked up before the first of them is merged. One
// look-up does not wait for another, so the processor fetches several entries from memory at a
// time, and they are still in its cache when they are merged.
const lookahead = 64

func (m *Map[K, V]) mergeEntries(delta *Delta[K, V]) {
	if len(delta.Entries) > len(m.entries) {
		m.entries = withRoom(m.entries, len(delta.Entries)) // most are new
	}
	for entries := range slices.Chunk(delta.Entries, lookahead) {
		m.mergeChunk(entries, delta)
	}
}

func (m *Map[K, V]) mergeChunk(entries []Entry[K, V], delta *Delta[K, V]) {
	s := &m.scratch
	s.found = s.found[:0]
	for i := range entries {
		f := m.locate(entries[i].Key)
		m.discount(f)
		s.found = append(s.found, f)
	}
	for i, f := range s.found {
		if m.mergeAny(f.place, &entries[i], delta) {
			s.changed.note(f.place)
		}
	}
	for _, f := range s.found {
		m.count(f)
	}
}

func (m *Map[K, V]) mergeAny(p place, other *Entry[K, V], delta *Delta[K, V]) (changed bool) {
	if delta.Whole {
		return m.mergeWhole(p, other, delta)
	}
	return m.mergeEntry(p, other, &delta.Versions)
}

// mergeEntry joins an entry of an answer to the one of its key, at p, and reports whether that
// changed.
func (m *Map[K, V]) mergeEntry(
	p place, other *Entry[K, V], versions *VersionVector,
) (changed bool) {
	siblings, lesser := other.Siblings, int32(0)
	for _, dot := range other.Context {
		theirs := newSlot[V](dot.Seq)
		if len(siblings) > 0 && siblings[0].Dot == dot {
			theirs.alive, theirs.value = true, siblings[0].Value
			siblings = siblings[1:]
		}
		var n news
		lesser, n = m.merge(p, lesser, dot.Actor, theirs)
		changed = changed || n == fresh || n == overwritten
		m.clouded = m.clouded || n != none && !versions.Covers(dot) && !m.versions.Covers(dot)
	}
	if m.entries[p].size == 0 {
		m.scratch.emptied.note(p)
	}
	return changed
}
