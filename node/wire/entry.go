package wire

import (
	"encoding/binary"

	"butterfly/node/crdt"
)

const (
	minDotBytes     = 1 + 1
	minSiblingBytes = 1 + 1 + 1
	// stranger stands for an actor that the delta's versions do not have, and precedes its name.
	// The others are numbered from 1 on, in the order they have there.
	stranger = 0
)

// appendDots appends the context of an entry.
func appendDots(b []byte, dots []crdt.Dot, versions crdt.VersionVector) []byte {
	must(len(dots) > 0, "an entry without context")
	b = binary.AppendUvarint(b, uint64(len(dots)))
	for i, dot := range dots {
		must(i == 0 || dots[i-1].Actor < dot.Actor, "actors of a context out of order")
		must(isWrite(dot.Seq), "a dot of a context that is no write")
		if place, known := find(versions, dot.Actor); known {
			b = binary.AppendUvarint(b, uint64(place)+1)
		} else {
			b = appendActor(append(b, stranger), 0, dot.Actor)
		}
		b = binary.AppendUvarint(b, dot.Seq)
	}
	return b
}

// find returns where v has actor, or would have it. It halves without a branch to predict.
func find(v []crdt.Dot, actor crdt.Actor) (place int, known bool) {
	count := len(v)
	for count > 0 {
		half := (count + 1) / 2
		if v[place+half-1].Actor < actor {
			place += half
		}
		count -= half
	}
	return place, place < len(v) && v[place].Actor == actor
}

func appendSiblings[V number](
	b []byte, siblings []crdt.Sibling[V], context []crdt.Dot, highest V,
) []byte {
	b = binary.AppendUvarint(b, uint64(len(siblings)))
	place := 0
	for i, s := range siblings {
		must(i == 0 || siblings[i-1].Dot.Compare(s.Dot) < 0, "siblings out of order")
		must(s.Value <= highest, "unknown value")
		place = advance(context, place, s.Dot.Actor)
		must(place < len(context), "a sibling of an actor that is not in the context")
		must(0 < s.Dot.Seq && s.Dot.Seq <= context[place].Seq, "a sibling beyond the context")
		b = binary.AppendUvarint(b, uint64(place))
		b = binary.AppendUvarint(b, context[place].Seq-s.Dot.Seq)
		b = binary.AppendUvarint(b, uint64(s.Value))
	}
	return b
}

// advance returns where context has actor, from place on, and its length if it does not. Siblings
// and context are in the same order, and both short.
func advance(context []crdt.Dot, place int, actor crdt.Actor) int {
	for place < len(context) && context[place].Actor != actor {
		place++
	}
	return place
}

func sizeDots(dots []crdt.Dot, versions crdt.VersionVector) int {
	size := sizeUvarint(uint64(len(dots)))
	for _, dot := range dots {
		if place, known := find(versions, dot.Actor); known {
			size += sizeUvarint(uint64(place) + 1)
		} else {
			size += 1 + sizeUvarint(uint64(dot.Actor.Node())) + bootBytes
		}
		size += sizeUvarint(dot.Seq)
	}
	return size
}

func sizeSiblings[V number](siblings []crdt.Sibling[V], context []crdt.Dot) int {
	size, place := sizeUvarint(uint64(len(siblings))), 0
	for i := range siblings {
		s := &siblings[i]
		place = advance(context, place, s.Dot.Actor)
		if place == len(context) {
			break // Append panics
		}
		size += sizeUvarint(uint64(place)) + sizeUvarint(context[place].Seq-s.Dot.Seq) +
			sizeUvarint(uint64(s.Value))
	}
	return size
}

// dots appends the context of an entry to dots, which is empty.
func (r *reader) dots(dots []crdt.Dot, versions crdt.VersionVector) []crdt.Dot {
	start := r.offset
	n := r.count("number of dots in a context", minDotBytes)
	r.demand(n > 0, start, "1 dot in a context")
	for ; n > 0 && r.ok(); n-- {
		start = r.offset
		actor := r.actorOf(versions)
		ascends := len(dots) == 0 || dots[len(dots)-1].Actor < actor
		r.demand(ascends, start, "an actor above the previous one")
		dots = append(dots, crdt.Dot{Actor: actor, Seq: r.seq("seq of a dot")})
	}
	return dots
}

// actorOf reads an actor: its number in versions, or its name if it is not there.
func (r *reader) actorOf(versions crdt.VersionVector) crdt.Actor {
	start := r.offset
	if n := r.uvarint("actor of a dot", 0, uint64(len(versions))); n != stranger {
		return versions[n-1].Actor
	}
	actor := r.actor(0)
	_, known := find(versions, actor)
	r.demand(!known, start, "an actor without a version")
	return actor
}

// readSiblings appends the siblings of an entry to those given, which are none.
func readSiblings[V number](
	r *reader, siblings []crdt.Sibling[V], context []crdt.Dot, highest V,
) []crdt.Sibling[V] {
	previous := crdt.Dot{}
	for n := r.count("number of siblings", minSiblingBytes); n > 0 && r.ok(); n-- {
		start := r.offset
		last := context[r.uvarint("actor of a sibling", 0, uint64(len(context)-1))]
		below := r.uvarint("distance of a sibling's seq", 0, last.Seq-1)
		dot := crdt.Dot{Actor: last.Actor, Seq: last.Seq - below}
		r.demand(previous.Compare(dot) < 0, start, "a sibling above the previous one")
		value := V(r.uvarint("value of a sibling", 0, uint64(highest)))
		siblings = append(siblings, crdt.Sibling[V]{Dot: dot, Value: value})
		previous = dot
	}
	return siblings
}
