package crdt

import "slices"

// Sibling is one surviving write of a key. A key has several only while concurrent writes have not
// been overwritten.
type Sibling[V any] struct {
	Dot   Dot
	Value V
}

// entry is what a replica knows about one key.
//
// Invariants:
//  1. context is a version vector: sorted by actor, one slot each, 0 < Seq.
//  2. context covers the dot of each sibling, and every dot the siblings overwrote.
//  3. siblings are sorted by dot; none means that the key was removed: a tombstone.
type entry[K comparable, V any] struct {
	key      K
	context  []seen
	siblings []Sibling[V]
	hash     uint64 // its share of the map's StateHash
}

// seen is one entry of a key's context: the newest dot of an actor for this key. It is at the same
// time a link of the actor's chain, see [chain].
type seen struct {
	Dot
	older, newer place
}

// slot returns where actor's slot is in the context, or belongs. Contexts are short: a scan is
// fastest.
func (e *entry[K, V]) slot(actor Actor) (int, bool) {
	for i := range e.context {
		if e.context[i].Actor >= actor {
			return i, e.context[i].Actor == actor
		}
	}
	return len(e.context), false
}

// covers reports whether the context of e holds dot.
func (e *entry[K, V]) covers(dot Dot) bool {
	i, found := e.slot(dot.Actor)
	return found && dot.Seq <= e.context[i].Seq
}

// joinSiblings merges the siblings of two entries of one key. A sibling survives if the other side
// has it too or has never heard of it; a side that heard of it and lacks it knows a write that
// overwrote it. Both contexts must be those from before the join.
func (e *entry[K, V]) joinSiblings(other *Entry[K, V]) (changed bool) {
	kept := e.siblings[:0]
	for _, s := range e.siblings {
		if _, has := findSibling(other.Siblings, s.Dot); has || !other.covers(s.Dot) {
			kept = append(kept, s)
		}
	}
	changed = len(kept) < len(e.siblings)
	clear(e.siblings[len(kept):])
	e.siblings = kept
	for _, s := range other.Siblings {
		if !e.covers(s.Dot) {
			i, _ := findSibling(e.siblings, s.Dot)
			e.siblings = slices.Insert(e.siblings, i, s)
			changed = true
		}
	}
	return changed
}

// findSibling returns where dot's sibling is among siblings, or belongs.
func findSibling[V any](siblings []Sibling[V], dot Dot) (int, bool) {
	for i := range siblings {
		if order := siblings[i].Dot.Compare(dot); order >= 0 {
			return i, order == 0
		}
	}
	return len(siblings), false
}
