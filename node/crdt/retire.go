package crdt

import "slices"

// retire retires the lives that it may, see [Map.Collect].
func (m *Map[K, V]) retire(stable *VersionVector) {
	gone := m.scratch.gone[:0]
	for i, life := range m.versions {
		first := i == 0 || m.versions[i-1].Actor.Node() != life.Actor.Node()
		follows := first || m.versions[i-1].Seq == Retired ||
			len(gone) > 0 && gone[len(gone)-1] == m.versions[i-1].Actor
		if follows && m.mayRetire(i, stable) {
			gone = append(gone, life.Actor)
		}
	}
	m.scratch.gone = gone
	for _, life := range gone {
		m.versions.Advance(Dot{life, Retired})
		m.writers.release(life)
	}
	if len(gone) > 0 {
		m.settle()
	}
}

// retirements returns the part of the vector that is retired lives, valid until the next call.
func (m *Map[K, V]) retirements() *VersionVector {
	s := &m.scratch
	s.retired.Reset()
	for _, dot := range m.versions {
		if dot.Seq == Retired {
			s.retired = append(s.retired, dot)
		}
	}
	return &s.retired
}

// mayRetire reports whether the life at i of the vector may be retired, if those before it are.
func (m *Map[K, V]) mayRetire(i int, stable *VersionVector) bool {
	life := m.versions[i]
	if life.Seq == Retired || life.Actor == m.self || !stable.supersedes(life.Actor) {
		return false
	}
	return stable.Covers(life) && !m.holds(life.Actor)
}

// holds reports whether a write of a life or of an earlier one of its node has a slot. Of a life of
// which the vector has nothing, the cloud may have something.
func (m *Map[K, V]) holds(last Actor) bool {
	i, _ := m.writers.find(NewActor(last.Node(), 0))
	for _, actor := range m.writers.order[i:] {
		if m.writers.actors[actor] > last {
			break
		}
		if m.writers.journals[actor].keys > 0 {
			return true
		}
	}
	return false
}

// retiredShortOf reports whether this replica has retired the life of one of the dots, which come
// in ascending order and do not retire it, without knowing that it had seen the dot: its horizon
// says how much it had seen of a life it retired, until everybody has retired it.
func (m *Map[K, V]) retiredShortOf(dots []Dot) bool {
	i := 0
	for _, dot := range dots {
		for i < len(m.versions) && m.versions[i].Actor < dot.Actor {
			i++
		}
		if dot.Seq == Retired || m.versions.seqAt(i, dot.Actor) != Retired {
			continue
		}
		if m.lost(dot) {
			return true
		}
	}
	return false
}

// lost reports whether a write of a life that this replica has retired may be one that it had not
// seen then.
func (m *Map[K, V]) lost(dot Dot) bool {
	final := m.horizon.Seq(dot.Actor)
	return final == Retired || final < dot.Seq
}

// agreesOnLives reports whether this replica and the one that delta is from have the same idea of
// the lives that one of them has retired, or delta tells all: neither has seen more of such a life
// than the other knows of.
func (m *Map[K, V]) agreesOnLives(delta *Delta[K, V]) bool {
	if delta.Whole {
		return true
	}
	if m.retiredShortOf(delta.Versions) {
		return false
	}
	for _, last := range delta.Versions {
		for _, life := range m.buried(last) {
			if m.newest(life) > delta.Since.Vector.Seq(life) {
				return false
			}
		}
	}
	return true
}

// bury takes over the retirements of delta: of the lives nothing is left over there, so nothing is
// kept here. What was seen of them, of those that were not retired before, counts as collected.
func (m *Map[K, V]) bury(delta *Delta[K, V]) {
	for _, last := range delta.Versions {
		for _, life := range m.buried(last) {
			if seen := m.versions.Seq(life); !delta.Whole && seen < Retired {
				m.horizon.Advance(Dot{life, seen})
			}
			m.dropLife(life)
			m.writers.release(life)
		}
	}
}

// buried returns the lives this replica knows that an entry of another's vector retires and its own
// does not, valid until the next call.
func (m *Map[K, V]) buried(last Dot) []Actor {
	lives := m.scratch.gone[:0]
	if last.Seq == Retired && m.versions.Seq(last.Actor) != Retired {
		first := NewActor(last.Actor.Node(), 0)
		for _, seen := range m.versions[m.versions.find(first):] {
			if seen.Actor > last.Actor {
				break
			}
			lives = append(lives, seen.Actor)
		}
		i, _ := m.writers.find(first)
		for _, actor := range m.writers.order[i:] {
			life := m.writers.actors[actor]
			if life > last.Actor {
				break
			}
			if m.versions.Seq(life) == 0 {
				lives = append(lives, life)
			}
		}
	}
	m.scratch.gone = lives
	return lives
}

// newest returns the number of the last write seen of a life.
func (m *Map[K, V]) newest(life Actor) uint64 {
	seq := m.versions.Seq(life)
	if j := m.writers.journal(life); j != nil {
		seq = max(seq, j.last())
	}
	return seq
}

// dropLife takes all slots of a life away.
func (m *Map[K, V]) dropLife(life Actor) {
	i, known := m.writers.find(life)
	if !known {
		return
	}
	actor := m.writers.order[i]
	for _, r := range m.writers.journals[actor].records {
		if s := m.written(actor, r); s != nil {
			m.dropSlot(r.place(), s)
		}
	}
}

// dropSlot takes one slot of the entry at p away.
func (m *Map[K, V]) dropSlot(p place, doomed *slot[V]) {
	e, actor := &m.entries[p], doomed.actor
	if doomed.alive && !slices.Contains(m.scratch.changed.places, p) {
		m.scratch.changed.note(p)
	}
	f := found{p, m.digest(e)}
	m.discount(f)
	m.keep(e, func(s *slot[V]) bool { return s.actor != actor })
	m.count(f)
	m.tidy(p)
	if e.size == 0 {
		m.scratch.emptied.note(p)
	}
}
