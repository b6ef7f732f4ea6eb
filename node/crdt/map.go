package crdt

import (
	"iter"
	"slices"

	"butterfly/node"
)

// Config says how a map treats its keys and values. All functions are pure and the same at every
// replica.
type Config[K comparable, V any] struct {
	// KeyHash and ValueHash digest a key and a value for the state hash.
	KeyHash   func(K) uint64
	ValueHash func(V) uint64
	// Priority ranks the writers of a key: among concurrent writes the one of the highest is read.
	// It must not depend on what a replica knows, least of all on who is alive.
	Priority func(K, node.ID) uint64
}

// Map is one replica of a map that converges. See the package documentation for its invariants.
type Map[K comparable, V any] struct {
	self        Actor
	config      Config[K, V]
	versions    VersionVector // every dot this replica has seen; a filter, never a judge
	versionHash uint64
	stateHash   uint64
	live        int // entries with a sibling

	entries []entry[K, V] // in the order in which the keys were first seen
	places  map[K]place
	chains  []chain // sorted by actor

	contexts arena[seen] // first memory of entries
	siblings arena[Sibling[V]]
	scratch  scratch // memory for one Answer or Apply
}

// New returns an empty replica that writes as self. No other replica may ever write as self, in no
// life.
func New[K comparable, V any](self Actor, config Config[K, V]) *Map[K, V] {
	return &Map[K, V]{self: self, config: config, places: make(map[K]place)}
}

// Put writes value under key and returns the dot of the write. It overwrites exactly the siblings
// this replica holds.
func (m *Map[K, V]) Put(key K, value V) Dot {
	p, dot := m.locate(key), m.next()
	m.discount(p)
	e := &m.entries[p]
	e.siblings = append(e.siblings[:0], Sibling[V]{dot, value})
	m.write(p, dot)
	return dot
}

// Remove removes key, which is a write as well, and returns its dot; false, and no write, if this
// replica holds no value for it. It overwrites exactly the siblings this replica holds: a value
// written concurrently survives. The tombstone is kept for good.
func (m *Map[K, V]) Remove(key K) (Dot, bool) {
	p, known := m.places[key]
	if !known || len(m.entries[p].siblings) == 0 {
		return Dot{}, false
	}
	dot := m.next()
	m.discount(p)
	e := &m.entries[p]
	clear(e.siblings)
	e.siblings = e.siblings[:0]
	m.write(p, dot)
	return dot, true
}

// Get returns the value of key and the dot of its write; false if the key has none. Among siblings
// it chooses the writer of the highest priority, then the highest dot: a function of the siblings
// alone.
func (m *Map[K, V]) Get(key K) (Sibling[V], bool) {
	p, known := m.places[key]
	if !known || len(m.entries[p].siblings) == 0 {
		return Sibling[V]{}, false
	}
	return m.resolve(&m.entries[p]), true
}

// Siblings returns all surviving writes of key, sorted by dot. The slice is the map's own: it is
// not to be modified and valid until the next change.
func (m *Map[K, V]) Siblings(key K) []Sibling[V] {
	if p, known := m.places[key]; known {
		return m.entries[p].siblings
	}
	return nil
}

// Len returns the number of keys that have a value.
func (m *Map[K, V]) Len() int { return m.live }

// Versions returns the set of all dots this replica has seen. It is the map's own and not to be
// modified.
func (m *Map[K, V]) Versions() *VersionVector { return &m.versions }

// All iterates over the keys that have a value, with the value [Map.Get] returns, in the order in
// which this replica first saw the keys. The map must not change meanwhile.
func (m *Map[K, V]) All() iter.Seq2[K, Sibling[V]] {
	return func(yield func(K, Sibling[V]) bool) {
		for i := range m.entries {
			e := &m.entries[i]
			if len(e.siblings) > 0 && !yield(e.key, m.resolve(e)) {
				return
			}
		}
	}
}

// resolve chooses among the siblings of e, of which there is at least one.
func (m *Map[K, V]) resolve(e *entry[K, V]) Sibling[V] {
	best := e.siblings[0]
	if len(e.siblings) == 1 {
		return best
	}
	priority := m.config.Priority(e.key, best.Dot.Actor.Node())
	for _, s := range e.siblings[1:] {
		// Siblings ascend by dot, so a tie goes to the later one.
		if p := m.config.Priority(e.key, s.Dot.Actor.Node()); p >= priority {
			best, priority = s, p
		}
	}
	return best
}

// locate returns the place of key's entry, which it creates if need be.
func (m *Map[K, V]) locate(key K) place {
	p, known := m.places[key]
	if !known {
		p = place(len(m.entries))
		m.entries = append(m.entries, entry[K, V]{
			key: key, context: m.contexts.one(), siblings: m.siblings.one(),
		})
		m.places[key] = p
	}
	return p
}

// next returns the dot of the replica's next write.
func (m *Map[K, V]) next() Dot { return Dot{m.self, m.versions.Seq(m.self) + 1} }

// write completes a write of this replica to the discounted entry at p.
func (m *Map[K, V]) write(p place, dot Dot) {
	m.raise(p, dot)
	m.link(p, dot.Actor)
	m.count(p)
	m.versions.Advance(dot)
	m.versionHash += dot.hash()
	if dot.Seq > 1 {
		m.versionHash -= Dot{dot.Actor, dot.Seq - 1}.hash()
	}
}

// raise adds dot to the context of the entry at p and reports whether it was new. The slot of a new
// dot is in no chain; the caller links it.
func (m *Map[K, V]) raise(p place, dot Dot) bool {
	e := &m.entries[p]
	i, found := e.slot(dot.Actor)
	switch {
	case found && dot.Seq <= e.context[i].Seq:
		return false
	case found:
		m.unlink(p, dot.Actor)
		e.context[i].Seq = dot.Seq
	default:
		e.context = slices.Insert(e.context, i, seen{dot, nowhere, nowhere})
	}
	return true
}

// discount takes the entry at p out of the totals while it changes.
func (m *Map[K, V]) discount(p place) {
	e := &m.entries[p]
	m.stateHash -= e.hash
	if len(e.siblings) > 0 {
		m.live--
	}
}

// count puts the changed entry at p back into the totals.
func (m *Map[K, V]) count(p place) {
	e := &m.entries[p]
	e.hash = m.hashEntry(e)
	m.stateHash += e.hash
	if len(e.siblings) > 0 {
		m.live++
	}
}
