package crdt

// request is what the other side of an answer has seen, made for looking up slots.
type request struct {
	seqs  []uint64 // its vector, by number
	cloud []Dot
}

// Answer fills delta with what a replica at since lacks: exactly the entries that hold a dot since
// does not cover, but no more than limit of them unless that is 0, ordered by the first such dot.
// It costs O(actors + writes that since does not cover), however large the map is; an answer that
// is cut short costs O(actors + what it holds).
//
// If since does not cover what this replica has collected, nothing less than all of the map tells
// what is gone: then the answer is [Delta.Whole], whatever limit is. Nor is an answer cut short
// that retires a life: of the writes that overwrote those of the life, none may be missing.
func (m *Map[K, V]) Answer(since *CausalContext, limit int, delta *Delta[K, V]) {
	delta.Reset()
	delta.From = m.self
	delta.Since.CopyFrom(since)
	delta.Versions.CopyFrom(&m.versions)
	if m.collectedBeyond(since) {
		m.appendAll(delta)
		return
	}
	m.scratch.since = m.writers.appendSeqs(m.scratch.since[:0], since.Vector)
	lacking := request{m.scratch.since, since.Cloud}
	if !since.Vector.CoversAll(m.retirements()) {
		limit = 0
	}
	if cut, short := m.appendLacking(delta, &lacking, limit); short {
		m.shorten(&delta.Versions, &lacking, cut)
	}
}

// collectedBeyond reports whether this replica has forgotten something that a replica at since may
// still hold: beyond its own horizon, or of a life it retired before it had seen all that since
// has.
func (m *Map[K, V]) collectedBeyond(since *CausalContext) bool {
	return !since.Vector.CoversAll(&m.horizon) ||
		m.retiredShortOf(since.Vector) || m.retiredShortOf(since.Cloud)
}

// appendAll makes delta an answer with all there is.
func (m *Map[K, V]) appendAll(delta *Delta[K, V]) {
	delta.Whole = true
	delta.Horizon.CopyFrom(&m.horizon)
	for i := range m.entries {
		if e := &m.entries[i]; !e.vacant {
			m.appendEntry(delta, e)
		}
	}
}

// appendLacking appends what the other side lacks, up to limit entries. If that is not all, it
// returns the dot it would have gone on with.
func (m *Map[K, V]) appendLacking(
	delta *Delta[K, V], lacking *request, limit int,
) (cut Dot, short bool) {
	for _, actor := range m.writers.order {
		if !m.clouded && m.versions.Seq(m.writers.actors[actor]) <= lacking.seqs[actor] {
			continue
		}
		for _, r := range m.writers.journals[actor].after(lacking.seqs[actor]) {
			e := &m.entries[r.place()]
			// An entry with several dots that are lacking is in the journal of each; it goes with
			// the first.
			s := m.firstLacking(e, lacking)
			if s == nil || s.actor != actor || s.seq() != r.seq() {
				continue
			}
			if limit > 0 && len(delta.Entries) == limit {
				return m.dot(s), true
			}
			m.appendEntry(delta, e)
		}
	}
	return Dot{}, false
}

// firstLacking returns the first slot of e that the other side has not seen; nil if there is none.
func (m *Map[K, V]) firstLacking(e *entry[K, V], lacking *request) *slot[V] {
	for i := range e.size {
		if s := m.at(e, i); !m.seen(s, lacking) {
			return s
		}
	}
	return nil
}

// seen reports whether the other side has seen the dot of s.
func (m *Map[K, V]) seen(s *slot[V], by *request) bool {
	return s.seq() <= by.seqs[s.actor] || len(by.cloud) > 0 && inCloud(by.cloud, m.dot(s))
}

func (m *Map[K, V]) appendEntry(delta *Delta[K, V], e *entry[K, V]) {
	dots, values := len(delta.dots), len(delta.siblings)
	for i := range e.size {
		delta.dots = append(delta.dots, m.dot(m.at(e, i)))
	}
	delta.siblings = m.appendSiblings(delta.siblings, e)
	delta.seal(e.key, dots, values)
}

// shorten takes from versions what the other side will not have seen all of after an answer that
// ended before cut. Actors before that of cut have nothing left to send.
func (m *Map[K, V]) shorten(versions *VersionVector, lacking *request, cut Dot) {
	first, _ := m.writers.find(cut.Actor)
	for _, actor := range m.writers.order[first:] {
		if seq, short := m.safePrefix(actor, lacking, cut); short {
			versions.lower(m.writers.actors[actor], seq)
		}
	}
}

// safePrefix returns up to which of an actor's writes the other side will have seen all, if some of
// them are left out; short is false if none are.
//
// A gap in the numbers ends it as well: it is a write that a newer one of its actor has replaced,
// and the key, which nobody knows any more, may be one of those left out.
func (m *Map[K, V]) safePrefix(
	actor number, lacking *request, cut Dot,
) (seq uint64, short bool) {
	seq = lacking.seqs[actor]
	for _, r := range m.writers.journals[actor].after(seq) {
		s := m.written(actor, r)
		if s == nil {
			continue
		}
		if !m.seen(s, lacking) && !m.sent(&m.entries[r.place()], lacking, cut) {
			return seq, true
		}
		if r.seq() == seq+1 {
			seq++
		}
	}
	return 0, false
}

// sent reports whether e, of which something was lacking, is in an answer that ended before cut.
func (m *Map[K, V]) sent(e *entry[K, V], lacking *request, cut Dot) bool {
	return m.dot(m.firstLacking(e, lacking)).Compare(cut) < 0
}

// Mutation fills delta with the entry of key alone: right after a write of the key, that is the
// delta-mutation of the write (Almeida, Shoker and Baquero 2018). It may be applied before the
// earlier writes of this replica, by any replica that has seen what this one has collected and
// retired. It has no entry if this replica knows nothing of the key.
func (m *Map[K, V]) Mutation(key K, delta *Delta[K, V]) {
	delta.Reset()
	delta.From = m.self
	delta.Since.Vector.CopyFrom(&m.horizon)
	delta.Since.Vector.Join(m.retirements())
	if f, known := m.find(key); known {
		m.appendEntry(delta, &m.entries[f.place])
	}
}
