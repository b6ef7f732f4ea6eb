package crdt

// Delta is the answer to a pull: what one replica holds and another, at Since, lacks. It is plain
// data; fill it with [Map.Answer], or field by field and [Delta.Append] when decoding one.
type Delta[K comparable, V any] struct {
	// Since is the vector of the request: what the puller had when it asked.
	Since VersionVector
	// Versions is the vector of the answering replica. The puller, once it has merged Entries,
	// holds all its dots as well.
	Versions VersionVector
	// Entries are complete entries: all that the answering replica knows about each of the keys.
	Entries []Entry[K, V]

	// The backing arrays of the entries' slices, kept for reuse.
	dots     []Dot
	siblings []Sibling[V]
}

// Entry is all that a replica knows about one key: every dot of the key it has seen, as a version
// vector, and the writes among them that nothing seen has overwritten, sorted by dot. Without
// siblings it is a tombstone: the key was removed.
type Entry[K comparable, V any] struct {
	Key      K
	Context  []Dot
	Siblings []Sibling[V]
}

// Append adds an entry with copies of context and siblings.
func (d *Delta[K, V]) Append(key K, context []Dot, siblings []Sibling[V]) {
	dots, values := len(d.dots), len(d.siblings)
	d.dots = append(d.dots, context...)
	d.siblings = append(d.siblings, siblings...)
	d.Entries = append(d.Entries, Entry[K, V]{
		Key:      key,
		Context:  d.dots[dots:len(d.dots):len(d.dots)],
		Siblings: d.siblings[values:len(d.siblings):len(d.siblings)],
	})
}

// Reset empties the delta and keeps its memory.
func (d *Delta[K, V]) Reset() {
	d.Since.Reset()
	d.Versions.Reset()
	d.Entries, d.dots, d.siblings = d.Entries[:0], d.dots[:0], d.siblings[:0]
}

// valid reports whether the delta has the form of an answer. What it says may still be a lie:
// replicas trust each other.
func (d *Delta[K, V]) valid() bool {
	if !d.Since.valid() || !d.Versions.valid() {
		return false
	}
	for i := range d.Entries {
		if !d.Entries[i].valid(d.Versions) {
			return false
		}
	}
	return true
}

// valid checks the invariants of an entry of a replica at versions.
func (e *Entry[K, V]) valid(versions VersionVector) bool {
	for _, dot := range e.Context {
		if !versions.Covers(dot) {
			return false
		}
	}
	for i, s := range e.Siblings {
		if s.Dot.Seq == 0 || !e.covers(s.Dot) || i > 0 && e.Siblings[i-1].Dot.Compare(s.Dot) >= 0 {
			return false
		}
	}
	return len(e.Context) > 0 && VersionVector(e.Context).valid()
}

// covers reports whether the context of e holds dot.
func (e *Entry[K, V]) covers(dot Dot) bool { return VersionVector(e.Context).Covers(dot) }
