package netmodel

import "butterfly/node"

// link numbers a directed link. The number does not depend on how many hosts there are, so neither
// does the link's luck.
func link(from, to node.ID) uint64 { return uint64(from)<<32 | uint64(to) }

// linkTable holds a value for each link that was ever asked for: an open-addressing hash table with
// linear probing, as large as the links in use and not as all links there could be. It never
// shrinks.
type linkTable[V any] struct {
	entries []linkEntry[V] // a power of two of them, at most three quarters used
	used    int
	shift   uint // 64 minus the binary logarithm of len(entries)
}

type linkEntry[V any] struct {
	key   uint64 // the link plus one; 0 is free
	value V
}

// find returns the value of a link, nil if there is none. The pointer is valid until the next at.
func (t *linkTable[V]) find(link uint64) *V {
	if t.used == 0 {
		return nil
	}
	e := t.probe(link + 1)
	if e.key == 0 {
		return nil
	}
	return &e.value
}

// at returns the value of a link, zero at first. The pointer is valid until the next at.
func (t *linkTable[V]) at(link uint64) *V {
	if t.used >= len(t.entries)*3/4 {
		t.grow()
	}
	e := t.probe(link + 1)
	if e.key == 0 {
		e.key = link + 1
		t.used++
	}
	return &e.value
}

// probe returns the entry that holds key, or the free one where it belongs.
func (t *linkTable[V]) probe(key uint64) *linkEntry[V] {
	const golden = 0x9e3779b97f4a7c15 // 2^64 over the golden ratio: Fibonacci hashing
	last := len(t.entries) - 1
	for i := int(key * golden >> t.shift); ; i = (i + 1) & last {
		if e := &t.entries[i]; e.key == key || e.key == 0 {
			return e
		}
	}
}

func (t *linkTable[V]) grow() {
	const smallestShift = 64 - 4
	old := t.entries
	if len(old) == 0 {
		t.shift = smallestShift
	} else {
		t.shift--
	}
	t.entries = make([]linkEntry[V], 1<<(64-t.shift))
	for _, e := range old {
		if e.key != 0 {
			*t.probe(e.key) = e
		}
	}
}
