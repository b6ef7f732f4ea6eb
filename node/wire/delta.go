package wire

import (
	"encoding/binary"

	"butterfly/node/crdt"
)

// minEntryBytes is the size of a tombstone that one actor wrote: key, dots and no siblings.
const minEntryBytes = 1 + (1 + minDotBytes) + 1

func appendDelta[V number](b []byte, d *crdt.Delta[uint32, V], highest ceiling[V]) []byte {
	must(d.Whole || len(d.Horizon) == 0, "a horizon of a part")
	b = appendActor(b, 0, d.From)
	b = appendVector(b, d.Versions)
	if d.Whole {
		b = appendVector(b, d.Horizon)
	}
	b = binary.AppendUvarint(b, uint64(len(d.Entries)))
	for i := range d.Entries {
		e := &d.Entries[i]
		b = binary.AppendUvarint(b, uint64(e.Key))
		b = appendDots(b, e.Context, d.Versions)
		b = appendSiblings(b, e.Siblings, e.Context, highest(e.Key))
	}
	return b
}

func sizeDelta[V number](d *crdt.Delta[uint32, V]) int {
	size := sizeUvarint(uint64(d.From.Node())) + bootBytes + sizeVector(d.Versions) +
		sizeUvarint(uint64(len(d.Entries)))
	if d.Whole {
		size += sizeVector(d.Horizon)
	}
	for i := range d.Entries {
		e := &d.Entries[i]
		size += sizeUvarint(uint64(e.Key)) + sizeDots(e.Context, d.Versions) +
			sizeSiblings(e.Siblings, e.Context)
	}
	return size
}

func readDelta[V number](r *reader, d *crdt.Delta[uint32, V], highest ceiling[V]) {
	d.From = r.actor(0)
	r.vector(&d.Versions)
	if d.Whole {
		r.vector(&d.Horizon)
	}
	// Few actors write one key, and rarely two at once: these seldom have to move to the heap.
	var manyDots [16]crdt.Dot
	var manyValues [4]crdt.Sibling[V]
	dots, siblings := manyDots[:0], manyValues[:0]
	for n := r.count("number of entries", minEntryBytes); n > 0 && r.ok(); n-- {
		key := r.uint32("key of an entry")
		dots = r.dots(dots[:0], d.Versions)
		siblings = readSiblings(r, siblings[:0], dots, highest(key))
		d.Append(key, dots, siblings)
	}
}
