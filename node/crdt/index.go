package crdt

import "butterfly/sim/rng"

// index finds the entries of keys: a hash table with linear probing. Beside a place it keeps half
// the key's digest, so that hardly any entry but the right one is looked at.
type index struct {
	cells []cell // a power of two, a quarter of them empty
	keys  int
}

// cell is empty if next is zero.
type cell struct {
	digest uint32
	next   place // the one after the entry's
}

// smallestIndex is how many cells there are at least.
const smallestIndex = 8

// newIndex returns an index with room for so many keys.
func newIndex(keys int) index {
	cells := smallestIndex
	for keys > cells/4*3 {
		cells *= 2
	}
	return index{cells: make([]cell, cells)}
}

// home returns where to begin to look for a digest.
func (x *index) home(digest uint32) int { return int(digest) & (len(x.cells) - 1) }

// beside returns the cell to look at after i.
func (x *index) beside(i int) int { return (i + 1) & (len(x.cells) - 1) }

// add adds an entry whose key is not in the index.
func (x *index) add(digest uint32, p place) {
	x.keys++
	if x.keys > len(x.cells)/4*3 {
		x.grow()
	}
	x.put(cell{digest, p + 1})
}

func (x *index) grow() {
	old := x.cells
	x.cells = make([]cell, 2*len(old))
	for _, c := range old {
		if c.next > 0 {
			x.put(c)
		}
	}
}

// drop takes the entry at p out, whose key has the digest. It moves back those behind it that would
// not be found across the gap (Knuth, "The Art of Computer Programming", volume 3, algorithm 6.4R).
func (x *index) drop(digest uint32, p place) {
	x.keys--
	gap := x.home(digest)
	for x.cells[gap].next != p+1 {
		gap = x.beside(gap)
	}
	for i := x.beside(gap); x.cells[i].next > 0; i = x.beside(i) {
		if x.distance(x.home(x.cells[i].digest), i) >= x.distance(gap, i) {
			x.cells[gap] = x.cells[i]
			gap = i
		}
	}
	x.cells[gap] = cell{}
}

// distance returns how many cells after the first the second is.
func (x *index) distance(from, to int) int { return (to - from) & (len(x.cells) - 1) }

func (x *index) put(c cell) {
	i := x.home(c.digest)
	for x.cells[i].next > 0 {
		i = x.beside(i)
	}
	x.cells[i] = c
}

// found is where a key's entry is, and the digest of the key, which is the start of its hash.
type found struct {
	place  place
	digest uint64
}

// find returns where the entry of key is; false if there is none.
func (m *Map[K, V]) find(key K) (found, bool) {
	digest := rng.Mix(m.config.KeyHash(key))
	if m.isAt(m.latest, key) {
		return found{m.latest, digest}, true
	}
	for i := m.index.home(uint32(digest)); ; i = m.index.beside(i) {
		c := m.index.cells[i]
		if c.next == 0 {
			return found{digest: digest}, false
		}
		if c.digest == uint32(digest) && m.entries[c.next-1].key == key {
			return found{c.next - 1, digest}, true
		}
	}
}

// isAt reports whether the entry at p is that of key.
func (m *Map[K, V]) isAt(p place, key K) bool {
	return int(p) < len(m.entries) && m.entries[p].key == key && !m.entries[p].vacant
}

// locate returns where the entry of key is, which it creates if need be. An entry that stays
// without slots has to be freed.
func (m *Map[K, V]) locate(key K) found {
	f, known := m.find(key)
	if !known {
		f.place = m.newPlace()
		m.entries[f.place] = entry[K, V]{key: key}
		m.index.add(uint32(f.digest), f.place)
	}
	return f
}

// newPlace returns a place for an entry. Places are below MaxKeys, which records rely on.
func (m *Map[K, V]) newPlace() place {
	if m.index.keys == MaxKeys {
		panic("crdt: a map has too many keys")
	}
	if last := len(m.free) - 1; last >= 0 {
		p := m.free[last]
		m.free = m.free[:last]
		return p
	}
	m.entries = append(withRoom(m.entries, 1), entry[K, V]{})
	return place(len(m.entries) - 1)
}

// discard frees the entry at p if it is one without slots.
func (m *Map[K, V]) discard(p place) {
	e := &m.entries[p]
	if e.size > 0 || e.vacant {
		return
	}
	m.index.drop(uint32(m.digest(e)), p)
	*e = entry[K, V]{vacant: true}
	m.free = append(m.free, p)
}

// digest returns the digest of an entry's key.
func (m *Map[K, V]) digest(e *entry[K, V]) uint64 { return rng.Mix(m.config.KeyHash(e.key)) }
