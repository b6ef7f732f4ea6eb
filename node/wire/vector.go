package wire

import (
	"encoding/binary"
	"math"

	"butterfly/node"
	"butterfly/node/crdt"
)

const (
	bootBytes = 6
	// minVersionBytes is the size of a version whose node is close to the previous one.
	minVersionBytes = 1 + bootBytes + 1
)

func appendVector(b []byte, v crdt.VersionVector) []byte {
	b = binary.AppendUvarint(b, uint64(len(v)))
	previous := crdt.Actor(0)
	for i, dot := range v {
		must(i == 0 || previous < dot.Actor, "actors of a vector out of order")
		must(dot.Seq > 0, "seq 0 in a vector")
		b = binary.AppendUvarint(b, uint64(dot.Actor.Node()-previous.Node()))
		b = appendBoot(b, dot.Actor.Boot())
		b = binary.AppendUvarint(b, dot.Seq)
		previous = dot.Actor
	}
	return b
}

func appendBoot(b []byte, boot uint64) []byte {
	b = binary.BigEndian.AppendUint16(b, uint16(boot>>32))
	return binary.BigEndian.AppendUint32(b, uint32(boot))
}

func sizeVector(v crdt.VersionVector) int {
	size := sizeUvarint(uint64(len(v))) + bootBytes*len(v)
	previous := node.ID(0)
	for i := range v {
		id := v[i].Actor.Node()
		size += sizeUvarint(uint64(id-previous)) + sizeUvarint(v[i].Seq)
		previous = id
	}
	return size
}

func (r *reader) vector(v *crdt.VersionVector) {
	previous := crdt.Actor(0)
	for n := r.count("number of versions", minVersionBytes); n > 0 && r.ok(); n-- {
		start := r.offset
		actor := r.actor(previous)
		r.demand(len(*v) == 0 || previous < actor, start, "an actor above the previous one")
		seq := r.uvarint("seq of a version", 1, math.MaxUint64)
		*v = append(*v, crdt.Dot{Actor: actor, Seq: seq})
		previous = actor
	}
}

// actor reads an actor that is given relative to the previous one.
func (r *reader) actor(previous crdt.Actor) crdt.Actor {
	farthest := node.MaxIDs - 1 - previous.Node()
	id := previous.Node() + node.ID(r.uvarint("distance to the previous node", 0, uint64(farthest)))
	start := r.offset
	boot := r.fixed("boot", bootBytes)
	actor := crdt.NewActor(id, boot)
	r.demand(actor.Boot() == boot, start, "a boot of at most 44 bits")
	return actor
}
