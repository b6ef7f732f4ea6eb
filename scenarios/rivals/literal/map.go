package literal

import (
	"iter"

	"butterfly/node/crdt"
	"butterfly/sim/rng"
)

// Map is one replica of the talk's shared map: a storage of records and a version vector.
type Map[K comparable, V any] struct {
	self     crdt.Actor
	config   crdt.Config[K, V]
	versions crdt.VersionVector
	hash     uint64
	records  []record[K, V] // in the order in which the keys were first seen
	places   map[K]int
}

// record is the slides' Record{value; dot}, with its key.
type record[K comparable, V any] struct {
	key   K
	value V
	dot   crdt.Dot
}

// New returns an empty replica that writes as self.
func New[K comparable, V any](self crdt.Actor, config crdt.Config[K, V]) *Map[K, V] {
	return &Map[K, V]{self: self, config: config, places: make(map[K]int)}
}

// Put writes value under key and returns the dot of the write.
func (m *Map[K, V]) Put(key K, value V) crdt.Dot {
	dot := crdt.Dot{Actor: m.self, Seq: m.versions.Seq(m.self) + 1}
	m.store(key, value, dot)
	m.versions.Advance(dot)
	return dot
}

// Get returns the one record of key; false if there is none.
func (m *Map[K, V]) Get(key K) (crdt.Sibling[V], bool) {
	p, known := m.places[key]
	if !known {
		return crdt.Sibling[V]{}, false
	}
	return m.records[p].sibling(), true
}

// AppendSiblings appends the one record of key to siblings, if there is one.
func (m *Map[K, V]) AppendSiblings(siblings []crdt.Sibling[V], key K) []crdt.Sibling[V] {
	if one, known := m.Get(key); known {
		siblings = append(siblings, one)
	}
	return siblings
}

// Remove does nothing and says so: the slides remove nothing.
func (m *Map[K, V]) Remove(K) (crdt.Dot, bool) { return crdt.Dot{}, false }

// Len returns the number of keys.
func (m *Map[K, V]) Len() int { return len(m.records) }

// All iterates over the records, in the order in which this replica first saw the keys.
func (m *Map[K, V]) All() iter.Seq2[K, crdt.Sibling[V]] {
	return func(yield func(K, crdt.Sibling[V]) bool) {
		for i := range m.records {
			if !yield(m.records[i].key, m.records[i].sibling()) {
				return
			}
		}
	}
}

// Versions returns the replica's version vector, which is not to be modified.
func (m *Map[K, V]) Versions() *crdt.VersionVector { return &m.versions }

// VersionHash summarises Versions.
func (m *Map[K, V]) VersionHash() uint64 { return m.versions.Hash() }

// StateHash summarises all records. Replicas of this map with equal VersionHash may differ in it.
func (m *Map[K, V]) StateHash() uint64 { return m.hash }

func (r *record[K, V]) sibling() crdt.Sibling[V] {
	return crdt.Sibling[V]{Dot: r.dot, Value: r.value}
}

// store makes (value, dot) the record of key.
func (m *Map[K, V]) store(key K, value V, dot crdt.Dot) {
	p, known := m.places[key]
	if known {
		m.hash -= m.digest(&m.records[p])
	} else {
		p = len(m.records)
		m.records = append(m.records, record[K, V]{key: key})
		m.places[key] = p
	}
	m.records[p].value, m.records[p].dot = value, dot
	m.hash += m.digest(&m.records[p])
}

func (m *Map[K, V]) digest(r *record[K, V]) uint64 {
	h := rng.Mix(m.config.KeyHash(r.key))
	h = rng.Mix(h ^ uint64(r.dot.Actor))
	h = rng.Mix(h ^ r.dot.Seq)
	return rng.Mix(h ^ m.config.ValueHash(r.value))
}
