package crdt

import (
	"iter"

	"butterfly/node"
)

// Config says how a map treats its keys and values. All functions are pure and the same at every
// replica.
type Config[K comparable, V any] struct {
	// KeyHash and ValueHash digest a key and a value for the state hash. Keys are also found by
	// their hash: those that share one are searched one by one.
	KeyHash   func(K) uint64
	ValueHash func(V) uint64
	// Priority ranks the writers of a key: among concurrent writes the one of the highest is read.
	// It must not depend on what a replica knows, least of all on who is alive.
	Priority func(K, node.ID) uint64
	// Room is for how many keys a new map has memory. 0 has it grow with them, which takes more time
	// and in the end an eighth more memory.
	Room int
}

// MaxKeys is how many keys a map has at most, those among them that are removed and not collected.
const MaxKeys = 1 << placeBits

// Map is one replica of a map that converges. See the package documentation for its invariants.
type Map[K comparable, V any] struct {
	self        Actor
	config      Config[K, V]
	versions    VersionVector // what this replica has seen all of; a filter, never a judge
	clouded     bool          // whether it has seen a dot beyond versions
	horizon     VersionVector // up to where it collected
	versionHash uint64
	stateHash   uint64
	live        int // entries with a sibling

	entries []entry[K, V]
	free    []place // of entries that are gone
	runs    runs[V] // slots that do not fit into their entries
	index   index   // of the entries, by key
	latest  place   // where an entry changed last: its key is likely to be asked for next
	writers writers

	scratch scratch // memory for one Answer or Apply
}

// New returns an empty replica that writes as self. No other replica may ever write as self, in no
// life.
func New[K comparable, V any](self Actor, config Config[K, V]) *Map[K, V] {
	return &Map[K, V]{
		self: self, config: config, writers: newWriters(self),
		entries: make([]entry[K, V], 0, config.Room), index: newIndex(config.Room),
	}
}

// Put writes value under key and returns the dot of the write. It overwrites exactly the siblings
// this replica holds. It panics if key is one more than [MaxKeys].
func (m *Map[K, V]) Put(key K, value V) Dot {
	f := m.locate(key)
	next := m.nextSlot()
	next.alive, next.value = true, value
	return m.write(f, next)
}

// Remove removes key, which is a write as well, and returns its dot; false, and no write, if this
// replica holds no value for it. It overwrites exactly the siblings this replica holds: a value
// written concurrently survives. A tombstone is left, until it is stable, see [Map.Collect].
func (m *Map[K, V]) Remove(key K) (Dot, bool) {
	f, known := m.find(key)
	if !known || !m.alive(&m.entries[f.place]) {
		return Dot{}, false
	}
	return m.write(f, m.nextSlot()), true
}

// Get returns the value of key and the dot of its write; false if the key has none. Among siblings
// it chooses the writer of the highest priority, then the highest dot: a function of the siblings
// alone.
func (m *Map[K, V]) Get(key K) (Sibling[V], bool) {
	f, known := m.find(key)
	if !known {
		return Sibling[V]{}, false
	}
	return m.resolve(&m.entries[f.place])
}

// Siblings returns all surviving writes of key, sorted by dot, in a new slice; nil if there are
// none.
func (m *Map[K, V]) Siblings(key K) []Sibling[V] { return m.AppendSiblings(nil, key) }

// AppendSiblings appends all surviving writes of key to siblings, sorted by dot.
func (m *Map[K, V]) AppendSiblings(siblings []Sibling[V], key K) []Sibling[V] {
	f, known := m.find(key)
	if !known {
		return siblings
	}
	return m.appendSiblings(siblings, &m.entries[f.place])
}

// Len returns the number of keys that have a value.
func (m *Map[K, V]) Len() int { return m.live }

// Versions returns what this replica has seen all of: the vector of its [Map.Context]. It is the
// map's own and not to be modified.
func (m *Map[K, V]) Versions() *VersionVector { return &m.versions }

// All iterates over the keys that have a value, with the value [Map.Get] returns, in an order that
// depends on this replica's history only. The map must not change meanwhile.
func (m *Map[K, V]) All() iter.Seq2[K, Sibling[V]] {
	return func(yield func(K, Sibling[V]) bool) {
		for i := range m.entries {
			e := &m.entries[i]
			if best, found := m.resolve(e); found && !yield(e.key, best) {
				return
			}
		}
	}
}

// resolve chooses among the siblings of e; false if there are none.
func (m *Map[K, V]) resolve(e *entry[K, V]) (Sibling[V], bool) {
	var best *slot[V]
	for i := range e.size {
		// Slots ascend by actor, so a tie goes to the later one.
		s := m.at(e, i)
		if s.alive && (best == nil || m.priority(e, s) >= m.priority(e, best)) {
			best = s
		}
	}
	if best == nil {
		return Sibling[V]{}, false
	}
	return m.sibling(best), true
}

func (m *Map[K, V]) priority(e *entry[K, V], s *slot[V]) uint64 {
	return m.config.Priority(e.key, m.dot(s).Actor.Node())
}

// nextSlot returns the slot of this replica's next write.
func (m *Map[K, V]) nextSlot() slot[V] { return newSlot[V](m.versions.Seq(m.self) + 1) }

// write overwrites the siblings of the entry found with the replica's next write, and returns the
// dot.
func (m *Map[K, V]) write(f found, next slot[V]) Dot {
	dot := Dot{m.self, next.seq()}
	m.discount(f)
	e := &m.entries[f.place]
	for i := range e.size {
		m.at(e, i).overwrite()
	}
	m.merge(f.place, 0, m.self, next)
	m.count(f)
	m.latest = f.place
	m.versions.Advance(dot)
	m.versionHash += dot.hash()
	if dot.Seq > 1 {
		m.versionHash -= Dot{dot.Actor, dot.Seq - 1}.hash()
	}
	return dot
}

// merge joins a slot for actor, without its number yet, to those of the entry at p, of which the
// first few are known to be of lesser actors. It returns how many that are, and what came of it.
func (m *Map[K, V]) merge(p place, lesser int32, actor Actor, other slot[V]) (_ int32, n news) {
	e, actors := &m.entries[p], m.writers.actors
	var mine *slot[V]
	for ; lesser < e.size; lesser++ {
		if mine = m.at(e, lesser); actors[mine.actor] >= actor {
			break
		}
	}
	switch {
	case lesser < e.size && actors[mine.actor] == actor:
		other.actor = mine.actor
		n = mine.join(&other)
	case m.versions.Covers(Dot{actor, other.seq()}):
		return lesser, none // it was removed and collected
	default:
		other.actor = m.writers.number(actor)
		m.writers.journals[other.actor].keys++
		m.insert(e, lesser, other)
		n = fresh
	}
	if n == fresh || n == outdated && !m.versions.Covers(Dot{actor, other.seq()}) {
		m.note(other.actor, other.seq(), p)
	}
	return lesser, n
}

// discount takes the entry found out of the totals while it changes, unless it is out already.
func (m *Map[K, V]) discount(f found) {
	if e := &m.entries[f.place]; e.counted {
		e.counted = false
		if m.alive(e) {
			m.stateHash -= m.hashEntry(e, f.digest)
			m.live--
		}
	}
}

// count puts the entry found back into the totals, unless it is in already: an answer may name a
// key twice.
func (m *Map[K, V]) count(f found) {
	if e := &m.entries[f.place]; !e.counted {
		e.counted = true
		if m.alive(e) {
			m.stateHash += m.hashEntry(e, f.digest)
			m.live++
		}
	}
}
