package crdt

// mergeWhole joins an entry of a whole answer to the one of its key, at p, and reports whether that
// changed.
func (m *Map[K, V]) mergeWhole(p place, other *Entry[K, V], delta *Delta[K, V]) (changed bool) {
	m.name(p)
	context := VersionVector(other.Context)
	changed = m.dropCollected(p, delta, context)
	if !m.ownWrites(p, delta, context) {
		changed = m.revive(p, other.Siblings) || changed
	}
	if !m.heldAll(p, context) {
		changed = m.mergeEntry(p, other, &delta.Versions) || changed
	}
	return changed
}

// name notes that a whole answer has the entry at p.
func (m *Map[K, V]) name(p place) {
	for int(p) >= len(m.scratch.named) {
		m.scratch.named = append(m.scratch.named, false)
	}
	m.scratch.named[p] = true
}

// dropCollected takes the slots away from the entry at p that the other side has collected: those
// it has seen and which are not in its context of the key. It reports whether one had a value.
func (m *Map[K, V]) dropCollected(
	p place, delta *Delta[K, V], context VersionVector,
) (changed bool) {
	e := &m.entries[p]
	m.keep(e, func(s *slot[V]) bool {
		dot := m.dot(s)
		kept := !delta.Versions.Covers(dot) || context.Seq(dot.Actor) > 0
		changed = changed || !kept && s.alive
		return kept
	})
	if e.size == 0 {
		m.scratch.emptied.note(p)
	}
	return changed
}

// A write that one side holds as overwritten and the other with its value has been overwritten by
// one that only the first side has seen, and its entry shows it. If it shows no such write, that
// was of a life that the other side has retired without having seen it, and it is lost: so the
// value counts on both sides.

// ownWrites reports whether the entry at p shows a write that the other side has not seen.
func (m *Map[K, V]) ownWrites(p place, delta *Delta[K, V], context VersionVector) bool {
	e := &m.entries[p]
	for i := range e.size {
		dot := m.dot(m.at(e, i))
		if !delta.Versions.Covers(dot) && context.Seq(dot.Actor) < dot.Seq {
			return true
		}
	}
	return false
}

// heldAll reports whether context shows no write that this replica has not seen.
func (m *Map[K, V]) heldAll(p place, context VersionVector) bool {
	e := &m.entries[p]
	for _, dot := range context {
		if m.versions.Covers(dot) {
			continue
		}
		i, known := m.writers.find(dot.Actor)
		if !known {
			return false
		}
		if s := m.slotOf(e, m.writers.order[i]); s == nil || s.seq() < dot.Seq {
			return false
		}
	}
	return true
}

// revive gives the writes among the siblings that the entry at p has without their values these
// back, and reports whether there were any.
func (m *Map[K, V]) revive(p place, siblings []Sibling[V]) (changed bool) {
	e := &m.entries[p]
	for i := range e.size {
		s := m.at(e, i)
		for _, sibling := range siblings {
			if !s.alive && sibling.Dot == m.dot(s) {
				s.alive, s.value, changed = true, sibling.Value, true
			}
		}
	}
	return changed
}

// resynchronise drops the entries that the other side, whose whole answer has been merged, has
// collected, and collects what it can below both horizons.
func (m *Map[K, V]) resynchronise(delta *Delta[K, V]) {
	m.horizon.Join(&delta.Horizon)
	named := m.scratch.named
	for i := range m.entries {
		p, e := place(i), &m.entries[i]
		if e.vacant {
			continue
		}
		if i >= len(named) || !named[i] {
			f := found{p, m.digest(e)}
			m.discount(f)
			if m.dropCollected(p, delta, nil) {
				m.scratch.changed.note(p)
			}
			m.count(f)
		}
		m.tidy(p)
	}
	m.scratch.named = emptied(named)
}
