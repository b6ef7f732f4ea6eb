package crdt

import "slices"

// scratch is memory that exchanges reuse.
type scratch struct {
	since   []uint64 // what the other side of an answer has seen, by number
	found   []found  // where the next entries of an answer go
	changed []place  // entries an answer changed
}

// Answer fills delta with what a replica at since lacks: exactly the entries that hold a dot since
// does not cover, in an order that depends on this replica's history only. It costs O(actors +
// writes that since does not cover), however large the map is.
func (m *Map[K, V]) Answer(since *VersionVector, delta *Delta[K, V]) {
	delta.Reset()
	delta.Since.CopyFrom(since)
	delta.Versions.CopyFrom(&m.versions)
	seqs := m.writers.appendSeqs(m.scratch.since[:0], *since)
	m.scratch.since = seqs
	for _, n := range m.writers.order {
		if m.versions.Seq(m.writers.actors[n]) > seqs[n] {
			m.appendWrites(delta, n, seqs)
		}
	}
}

// appendWrites appends the entries that an actor wrote beyond since, which is given by number.
func (m *Map[K, V]) appendWrites(delta *Delta[K, V], actor number, since []uint64) {
	for _, r := range m.writers.journals[actor].after(since[actor]) {
		e := &m.entries[r.place]
		// An entry with several dots beyond since is in the journal of each; it goes with the
		// first.
		if s := m.firstBeyond(e, since); s.actor == actor && s.seq == r.seq() {
			m.appendEntry(delta, e)
		}
	}
}

// firstBeyond returns the first slot of e with a dot beyond since. There must be one.
func (m *Map[K, V]) firstBeyond(e *entry[K, V], since []uint64) *slot[V] {
	i := int32(0)
	for m.at(e, i).seq <= since[m.at(e, i).actor] {
		i++
	}
	return m.at(e, i)
}

func (m *Map[K, V]) appendEntry(delta *Delta[K, V], e *entry[K, V]) {
	dots, values := len(delta.dots), len(delta.siblings)
	for i := range e.size {
		delta.dots = append(delta.dots, m.dot(m.at(e, i)))
	}
	delta.siblings = m.appendSiblings(delta.siblings, e)
	delta.seal(e.key, dots, values)
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
	m.scratch.changed = m.scratch.changed[:0]
	if len(delta.Entries) > len(m.entries) {
		m.entries = withRoom(m.entries, len(delta.Entries)) // most are new
	}
	for entries := range slices.Chunk(delta.Entries, lookahead) {
		m.mergeAll(entries)
	}
	m.sortJournals(delta.Versions)
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

// lookahead is how many entries of an answer are looked up before the first of them is merged. One
// look-up does not wait for another, so the processor fetches several entries from memory at a
// time, and they are still in its cache when they are merged.
const lookahead = 64

func (m *Map[K, V]) mergeAll(entries []Entry[K, V]) {
	s := &m.scratch
	s.found = s.found[:0]
	for i := range entries {
		f := m.locate(entries[i].Key)
		m.discount(f)
		s.found = append(s.found, f)
	}
	for i, f := range s.found {
		if m.mergeEntry(f.place, &entries[i]) {
			s.changed = append(s.changed, f.place)
		}
	}
	for _, f := range s.found {
		m.count(f)
	}
}

// mergeEntry joins an entry of an answer to the one of its key, at p, and reports whether that
// changed.
func (m *Map[K, V]) mergeEntry(p place, other *Entry[K, V]) (changed bool) {
	siblings, lesser := other.Siblings, int32(0)
	for _, dot := range other.Context {
		theirs := slot[V]{seq: dot.Seq}
		if len(siblings) > 0 && siblings[0].Dot == dot {
			theirs.alive, theirs.value = true, siblings[0].Value
			siblings = siblings[1:]
		}
		var differs bool
		lesser, differs = m.merge(p, lesser, dot.Actor, theirs)
		changed = changed || differs
	}
	return changed
}

// sortJournals puts the new writes in order: an entry with new writes of several actors came with
// the first of them. All are newer than what the journals held before the answer: what the replica
// had seen, its entries hold already.
func (m *Map[K, V]) sortJournals(versions VersionVector) {
	for _, newest := range versions {
		if seen := m.versions.Seq(newest.Actor); seen < newest.Seq {
			m.writers.journals[m.writers.number(newest.Actor)].sortAfter(seen)
		}
	}
}
