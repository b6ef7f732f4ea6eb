package wire

import (
	"cmp"
	"encoding/binary"
	"slices"

	"butterfly/node/crdt"
	"butterfly/node/health"
)

type sibling = crdt.Sibling[health.Status]

const (
	minDotBytes     = 1 + 1
	minSiblingBytes = 1 + 1 + 1
	// minEntryBytes is the size of a tombstone that one actor wrote: key, context and no siblings.
	minEntryBytes = 1 + (1 + minDotBytes) + 1
)

func appendAnswer(b []byte, d *Delta) []byte {
	b = appendVector(b, d.Versions)
	b = binary.AppendUvarint(b, uint64(len(d.Entries)))
	for i := range d.Entries {
		e := &d.Entries[i]
		b = binary.AppendUvarint(b, uint64(e.Key))
		b = appendContext(b, e.Context, d.Versions)
		b = appendSiblings(b, e.Siblings, e.Context)
	}
	return b
}

func appendContext(b []byte, context []crdt.Dot, versions crdt.VersionVector) []byte {
	must(len(context) > 0, "an entry without context")
	b = binary.AppendUvarint(b, uint64(len(context)))
	for i, dot := range context {
		must(i == 0 || context[i-1].Actor < dot.Actor, "actors of a context out of order")
		b = binary.AppendUvarint(b, indexOf(dot, versions))
		b = binary.AppendUvarint(b, dot.Seq)
	}
	return b
}

func appendSiblings(b []byte, siblings []sibling, context crdt.VersionVector) []byte {
	b = binary.AppendUvarint(b, uint64(len(siblings)))
	for i, s := range siblings {
		must(i == 0 || siblings[i-1].Dot.Compare(s.Dot) < 0, "siblings out of order")
		must(s.Value <= health.Unhealthy, "unknown status")
		index := indexOf(s.Dot, context)
		b = binary.AppendUvarint(b, index)
		b = binary.AppendUvarint(b, context[index].Seq-s.Dot.Seq)
		b = append(b, byte(s.Value))
	}
	return b
}

// indexOf returns where v holds the actor of dot, a dot that v covers.
func indexOf(dot crdt.Dot, v crdt.VersionVector) uint64 {
	index, found := slices.BinarySearchFunc(v, dot.Actor, compareActor)
	must(found, "a dot of an actor that is not in the vector above it")
	must(0 < dot.Seq && dot.Seq <= v[index].Seq, "a dot beyond the vector above it")
	return uint64(index)
}

func compareActor(d crdt.Dot, actor crdt.Actor) int { return cmp.Compare(d.Actor, actor) }

func sizeAnswer(d *Delta) int {
	size := sizeVector(d.Versions) + sizeUvarint(uint64(len(d.Entries)))
	for i := range d.Entries {
		e := &d.Entries[i]
		size += sizeUvarint(uint64(e.Key)) + sizeContext(e.Context, d.Versions) +
			sizeSiblings(e.Siblings, e.Context)
	}
	return size
}

func sizeContext(context []crdt.Dot, versions crdt.VersionVector) int {
	size := sizeUvarint(uint64(len(context)))
	for _, dot := range context {
		size += sizeIndex(dot.Actor, versions) + sizeUvarint(dot.Seq)
	}
	return size
}

func sizeSiblings(siblings []sibling, context crdt.VersionVector) int {
	const status = 1
	size := sizeUvarint(uint64(len(siblings)))
	for _, s := range siblings {
		below := context.Seq(s.Dot.Actor) - s.Dot.Seq
		size += sizeIndex(s.Dot.Actor, context) + sizeUvarint(below) + status
	}
	return size
}

// sizeIndex returns how many bytes actor's index in v takes, without a search: v ascends, so the
// index has a second byte if actor is not before v[128], and so on.
func sizeIndex(actor crdt.Actor, v crdt.VersionVector) int {
	size := 1
	for limit := 1 << 7; limit < len(v) && v[limit].Actor <= actor; limit <<= 7 {
		size++
	}
	return size
}

func (r *reader) answer(d *Delta) {
	r.vector(&d.Versions)
	// Few actors write one key, and rarely two at once: these seldom have to move to the heap.
	var dots [16]crdt.Dot
	var values [4]sibling
	context, siblings := dots[:0], values[:0]
	for n := r.count("number of entries", minEntryBytes); n > 0 && r.ok(); n-- {
		key := r.uint32("key of an entry")
		context = r.context(context[:0], d.Versions)
		siblings = r.siblings(siblings[:0], context)
		d.Append(key, context, siblings)
	}
}

// context appends the dots of a context to dots, which is empty.
func (r *reader) context(dots []crdt.Dot, versions crdt.VersionVector) []crdt.Dot {
	start := r.offset
	n := r.count("number of dots in a context", minDotBytes)
	possible := 0 < n && n <= len(versions)
	r.demand(possible, start, "1 dot in a context, at most 1 for each version")
	for previous := -1; n > 0 && r.ok(); n-- {
		start = r.offset
		index := r.index("actor of a dot", versions)
		r.demand(previous < index, start, "an actor above the previous one")
		seq := r.uvarint("seq of a dot", 1, versions[index].Seq)
		dots = append(dots, crdt.Dot{Actor: versions[index].Actor, Seq: seq})
		previous = index
	}
	return dots
}

// siblings appends the siblings of an entry to those given, which are none.
func (r *reader) siblings(siblings []sibling, context crdt.VersionVector) []sibling {
	previous := crdt.Dot{}
	for n := r.count("number of siblings", minSiblingBytes); n > 0 && r.ok(); n-- {
		start := r.offset
		last := context[r.index("actor of a sibling", context)]
		below := r.uvarint("distance of a sibling's seq", 0, last.Seq-1)
		dot := crdt.Dot{Actor: last.Actor, Seq: last.Seq - below}
		ascends := len(siblings) == 0 || previous.Compare(dot) < 0
		r.demand(ascends, start, "a sibling above the previous one")
		status := r.byte("status of a sibling", byte(health.Unknown), byte(health.Unhealthy))
		siblings = append(siblings, sibling{Dot: dot, Value: health.Status(status)})
		previous = dot
	}
	return siblings
}

// index reads an index into v, which is not empty.
func (r *reader) index(field string, v crdt.VersionVector) int {
	return int(r.uvarint(field, 0, uint64(len(v)-1)))
}
