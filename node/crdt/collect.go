package crdt

import "slices"

// Collect forgets what is left of overwritten and removed writes, and retires lives, given that
// every member has seen all of stable. What this replica has not seen itself does not count. It
// costs O(actors + writes that have become stable since the last time). Memory that is mostly
// unused afterwards is given back.
//
// An entry loses the slots without a value when all its dots are stable: so none goes before the
// write that overwrote it is known everywhere. If that empties the entry, it is gone.
//
// A life is retired when its writes and a later life of its node are in stable, its node's earlier
// lives are retired, and nothing it wrote survives. Then one entry of the vector stands for it and
// all those before. stable must be such that of a life that is in it together with a later one, and
// of those before that life, no other member had seen more than stable has.
//
// If what the caller says is not true, because there is a member it did not know of, that one is
// brought up to date by a [Delta.Whole] answer. Only what it alone had seen of retired lives is
// lost.
func (m *Map[K, V]) Collect(stable *VersionVector) {
	s := &m.scratch
	s.stable.meet(stable, &m.versions)
	s.before.CopyFrom(&m.horizon)
	m.horizon.Join(&s.stable)
	for _, actor := range m.writers.order {
		m.collectWrites(actor, &s.before)
	}
	m.discardEmptied()
	m.retire(&s.stable)
	m.trim()
}

// collectWrites looks at each entry of which an actor's write is below the horizon and was not
// before. The last of an entry's writes to get there finds them all there.
func (m *Map[K, V]) collectWrites(actor number, before *VersionVector) {
	id := m.writers.actors[actor]
	from, to := before.Seq(id), m.horizon.Seq(id)
	if from >= to {
		return
	}
	for _, r := range m.writers.journals[actor].after(from) {
		if r.seq() > to {
			return
		}
		if m.written(actor, r) != nil {
			m.tidy(r.place())
		}
	}
}

// tidy takes the slots without a value away from the entry at p if all its dots are below the
// horizon.
func (m *Map[K, V]) tidy(p place) {
	e, dead := &m.entries[p], false
	for i := range e.size {
		s := m.at(e, i)
		if !m.horizon.Covers(m.dot(s)) {
			return
		}
		dead = dead || !s.alive
	}
	if !dead {
		return
	}
	m.keep(e, func(s *slot[V]) bool { return s.alive })
	if e.size == 0 {
		m.scratch.emptied.note(p)
	}
}

// trim gives back what the journals and the runs took while writes were many that are collected by
// now. Each time, at least half of what it looks at goes.
func (m *Map[K, V]) trim() {
	for _, actor := range m.writers.order {
		if j := &m.writers.journals[actor]; len(j.records) > 2*j.keys+fewRecords {
			m.dropOutdated(actor)
			j.records = slices.Clone(j.records)
		}
	}
	if r := &m.runs; r.spare > len(r.slots)/2 && r.spare > len(m.entries)/8 {
		m.compactRuns()
	}
}
