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
	d.seal(key, dots, values)
}

// seal makes an entry of the dots and siblings from these indices on.
func (d *Delta[K, V]) seal(key K, dots, values int) {
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

// valid reports whether e may be an entry of a replica at versions. Each sibling is the newest dot
// of its actor for the key, see [slot], so it is in the context as it is.
func (e *Entry[K, V]) valid(versions VersionVector) bool {
	siblings := e.Siblings
	for i, dot := range e.Context {
		if dot.Seq == 0 || i > 0 && e.Context[i-1].Actor >= dot.Actor || !versions.Covers(dot) {
			return false
		}
		if len(siblings) > 0 && siblings[0].Dot == dot {
			siblings = siblings[1:]
		}
	}
	return len(e.Context) > 0 && len(siblings) == 0
}
