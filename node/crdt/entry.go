package crdt

// Sibling is one surviving write of a key. A key has several only while concurrent writes have not
// been overwritten.
type Sibling[V any] struct {
	Dot   Dot
	Value V
}

// place is the index of an entry in a map. Entries never move, but when one is gone, another may
// get its place.
type place int32

// entry is what a replica knows about one key: a slot for each actor of its context. The first few
// lie in the entry itself.
//
// Invariants:
//  1. The slots are sorted by actor, one each.
//  2. No alive slot means that the key was removed: a tombstone.
//  3. Outside of methods that change it, an entry has a slot unless it is vacant.
type entry[K comparable, V any] struct {
	key     K
	size    int32 // number of slots
	more    int32 // where in the map's runs the slots are that do not fit
	counted bool  // whether it is part of the map's totals
	vacant  bool  // whether it is no entry: its place is free
	few     [fewSlots]slot[V]
}

// fewSlots is how many slots an entry has room for. At rest a key has been written by one actor, or
// by two, and whatever every entry has room for, it takes at every replica.
const fewSlots = 2

// slot is the newest dot of an actor for a key and, while the write survives, its value.
//
// One slot for each actor is enough for the siblings as well: an actor holds its own writes, so
// each of them overwrites all its earlier ones of the key.
//
// The number of the write is split: 40 bits are enough, see [maxSeq], and with a value of two bytes
// a slot takes twelve.
//
// Invariants:
//  1. The number is not 0.
//  2. A slot that is not alive has the zero value.
type slot[V any] struct {
	low   uint32
	actor number
	value V
	high  uint8
	alive bool
}

func newSlot[V any](seq uint64) slot[V] {
	return slot[V]{low: uint32(seq), high: uint8(seq >> 32)}
}

// seq returns the number of the write.
func (s *slot[V]) seq() uint64 { return uint64(s.high)<<32 | uint64(s.low) }

// news is what merging a slot did to an entry.
type news uint8

const (
	none        news = iota // nothing
	outdated                // a dot came that a newer one of its actor had replaced
	overwritten             // a dot that was there lost its value
	fresh                   // a dot came in
)

// join merges another replica's slot of the same actor and key. The newer dot replaces the older.
// Of the same dot either side may know that it was overwritten.
func (s *slot[V]) join(other *slot[V]) news {
	mine, theirs := s.seq(), other.seq()
	switch {
	case mine < theirs:
		*s = *other
		return fresh
	case mine == theirs && s.alive && !other.alive:
		s.overwrite()
		return overwritten
	case mine > theirs:
		return outdated
	}
	return none
}

// overwrite takes the value away.
func (s *slot[V]) overwrite() { *s = slot[V]{low: s.low, high: s.high, actor: s.actor} }

// at returns the i-th slot of e, valid until a slot is inserted into any entry.
func (m *Map[K, V]) at(e *entry[K, V], i int32) *slot[V] {
	if i < fewSlots {
		return &e.few[i]
	}
	return &m.runs.slots[e.more+i-fewSlots]
}

// insert makes s the i-th slot of e.
func (m *Map[K, V]) insert(e *entry[K, V], i int32, s slot[V]) {
	if e.size >= fewSlots {
		e.more = m.runs.resize(e.more, e.size-fewSlots, e.size+1-fewSlots)
	}
	for j := e.size; j > i; j-- {
		*m.at(e, j) = *m.at(e, j-1)
	}
	*m.at(e, i) = s
	e.size++
}

// keep takes the slots away from e that are not to be kept. A sibling may only be taken from an
// entry that is out of the totals.
func (m *Map[K, V]) keep(e *entry[K, V], kept func(*slot[V]) bool) {
	size := int32(0)
	for i := range e.size {
		s := m.at(e, i)
		if !kept(s) {
			m.writers.journals[s.actor].keys--
			continue
		}
		*m.at(e, size) = *s
		size++
	}
	for i := size; i < e.size; i++ {
		*m.at(e, i) = slot[V]{}
	}
	e.more = m.runs.resize(e.more, max(e.size-fewSlots, 0), max(size-fewSlots, 0))
	e.size = size
}

// slotOf returns the slot of an actor; nil if e has none.
func (m *Map[K, V]) slotOf(e *entry[K, V], actor number) *slot[V] {
	for i := range e.size {
		if s := m.at(e, i); s.actor == actor {
			return s
		}
	}
	return nil
}

// dot returns the dot of a slot.
func (m *Map[K, V]) dot(s *slot[V]) Dot { return Dot{m.writers.actors[s.actor], s.seq()} }

// sibling returns the write of a slot that is alive.
func (m *Map[K, V]) sibling(s *slot[V]) Sibling[V] { return Sibling[V]{m.dot(s), s.value} }

// alive reports whether the key of e has a value.
func (m *Map[K, V]) alive(e *entry[K, V]) bool {
	for i := range e.size {
		if m.at(e, i).alive {
			return true
		}
	}
	return false
}

// appendSiblings appends the siblings of e, sorted by dot, to siblings.
func (m *Map[K, V]) appendSiblings(siblings []Sibling[V], e *entry[K, V]) []Sibling[V] {
	for i := range e.size {
		if s := m.at(e, i); s.alive {
			siblings = append(siblings, m.sibling(s))
		}
	}
	return siblings
}
