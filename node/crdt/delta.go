package crdt

// Delta is what one replica holds and another, at Since, lacks: the answer to a pull, or a single
// write. It is plain data; fill it with [Map.Answer] or [Map.Mutation], or field by field and with
// [Delta.Append] when decoding one.
type Delta[K comparable, V any] struct {
	// From is the replica that answers.
	From Actor
	// Since is what a replica must have seen to apply the delta: of an answer, what the puller had
	// seen when it asked.
	Since CausalContext
	// Versions is what the puller, once it has merged Entries, has seen all of: the vector of the
	// answering replica or, if the answer is cut short, the part of it that is safe. It is empty
	// for a single write. The entries may hold dots beyond it.
	Versions VersionVector
	// Whole says that Entries are all that the answering replica has: a dot that Versions covers
	// and that no entry has was overwritten and collected, or lost with a retired life.
	Whole bool
	// Horizon is, if the answer is whole, up to where the answering replica has collected. It is
	// empty otherwise: then Since covers it.
	Horizon VersionVector
	// Entries are complete entries: all that the answering replica knows about each of the keys.
	Entries []Entry[K, V]

	// The backing arrays of the entries' slices, kept for reuse.
	dots     []Dot
	siblings []Sibling[V]
}

// Entry is all that a replica knows about one key: every dot of the key it has seen and not
// collected, as a version vector, and the writes among them that nothing seen has overwritten,
// sorted by dot. Without siblings it is a tombstone: the key was removed.
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
	d.From, d.Whole = 0, false
	d.Since.Reset()
	d.Versions.Reset()
	d.Horizon.Reset()
	d.Entries, d.dots, d.siblings = d.Entries[:0], d.dots[:0], d.siblings[:0]
}

// Release is [Delta.Reset], but gives the memory of a large delta back. Messages lie about in great
// number between uses, each as large as it has ever been, and after a partition that has healed
// that would be as much as the maps themselves. What is large costs more to fill than to allocate
// again.
func (d *Delta[K, V]) Release() {
	d.Reset()
	d.Entries, d.dots, d.siblings = emptied(d.Entries), emptied(d.dots), emptied(d.siblings)
}

// valid reports whether the delta has the form of one. What it says may still be a lie: replicas
// trust each other.
func (d *Delta[K, V]) valid() bool {
	if !d.Since.valid() || !d.Versions.valid() || !d.Horizon.valid() {
		return false
	}
	if !d.Versions.CoversAll(&d.Horizon) || !d.Whole && len(d.Horizon) > 0 {
		return false
	}
	for i := range d.Entries {
		if !d.Entries[i].valid() {
			return false
		}
	}
	return true
}

// valid reports whether e may be an entry of a replica. Each sibling is the newest dot of its actor
// for the key, see [slot], so it is in the context as it is.
func (e *Entry[K, V]) valid() bool {
	siblings := e.Siblings
	for i, dot := range e.Context {
		if dot.Seq == 0 || dot.Seq > maxSeq || i > 0 && e.Context[i-1].Actor >= dot.Actor {
			return false
		}
		if len(siblings) > 0 && siblings[0].Dot == dot {
			siblings = siblings[1:]
		}
	}
	return len(e.Context) > 0 && len(siblings) == 0
}
