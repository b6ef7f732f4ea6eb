package wire

import (
	"encoding/binary"
	"math"

	"butterfly/node"
	"butterfly/node/crdt"
)

const (
	bootBytes = 6
	// minVersionBytes is the size of a version, or of a dot of a cloud, whose node is close to the
	// previous one.
	minVersionBytes = 1 + bootBytes + 1
	// retired stands for [crdt.Retired], which as a uvarint would take ten bytes.
	retired = 0
)

func appendContext(b []byte, c *crdt.CausalContext) []byte {
	return appendCloud(appendVector(b, c.Vector), c.Cloud)
}

func appendVector(b []byte, v crdt.VersionVector) []byte {
	b = binary.AppendUvarint(b, uint64(len(v)))
	previous := crdt.Actor(0)
	for i, dot := range v {
		must(i == 0 || previous < dot.Actor, "actors of a vector out of order")
		must(dot.Seq > 0, "seq 0 in a vector")
		b = appendActor(b, previous, dot.Actor)
		b = binary.AppendUvarint(b, seqOnWire(dot.Seq))
		previous = dot.Actor
	}
	return b
}

// seqOnWire is how the seq of a version travels.
func seqOnWire(seq uint64) uint64 {
	if seq == crdt.Retired {
		return retired
	}
	return seq
}

func appendCloud(b []byte, cloud []crdt.Dot) []byte {
	b = binary.AppendUvarint(b, uint64(len(cloud)))
	previous := crdt.Dot{}
	for i, dot := range cloud {
		must(i == 0 || previous.Compare(dot) < 0, "dots of a cloud out of order")
		must(isWrite(dot.Seq), "a dot of a cloud that is no write")
		b = appendActor(b, previous.Actor, dot.Actor)
		b = binary.AppendUvarint(b, dot.Seq)
		previous = dot
	}
	return b
}

// isWrite reports whether a write may have this seq.
func isWrite(seq uint64) bool { return 0 < seq && seq < crdt.Retired }

// appendActor appends an actor relative to the previous one.
func appendActor(b []byte, previous, actor crdt.Actor) []byte {
	b = binary.AppendUvarint(b, uint64(actor.Node()-previous.Node()))
	boot := actor.Boot()
	b = binary.BigEndian.AppendUint16(b, uint16(boot>>32))
	return binary.BigEndian.AppendUint32(b, uint32(boot))
}

func sizeContext(c *crdt.CausalContext) int { return sizeVector(c.Vector) + sizeVector(c.Cloud) }

// sizeVector returns the size of a vector, or of a cloud.
func sizeVector(dots []crdt.Dot) int {
	size := sizeUvarint(uint64(len(dots))) + bootBytes*len(dots)
	previous := node.ID(0)
	for i := range dots {
		id := dots[i].Actor.Node()
		size += sizeUvarint(uint64(id-previous)) + sizeUvarint(seqOnWire(dots[i].Seq))
		previous = id
	}
	return size
}

func (r *reader) context(c *crdt.CausalContext) {
	r.vector(&c.Vector)
	r.cloud(&c.Cloud)
}

func (r *reader) vector(v *crdt.VersionVector) {
	previous := crdt.Actor(0)
	for n := r.count("number of versions", minVersionBytes); n > 0 && r.ok(); n-- {
		start := r.offset
		actor := r.actor(previous)
		r.demand(len(*v) == 0 || previous < actor, start, "an actor above the previous one")
		seq := r.uvarint("seq of a version", retired, math.MaxUint64-1)
		if seq == retired {
			seq = crdt.Retired
		}
		*v = append(*v, crdt.Dot{Actor: actor, Seq: seq})
		previous = actor
	}
}

func (r *reader) cloud(cloud *[]crdt.Dot) {
	previous := crdt.Dot{}
	for n := r.count("number of dots in a cloud", minVersionBytes); n > 0 && r.ok(); n-- {
		start := r.offset
		dot := crdt.Dot{Actor: r.actor(previous.Actor), Seq: r.seq("seq of a dot in a cloud")}
		r.demand(previous.Compare(dot) < 0, start, "a dot above the previous one")
		*cloud = append(*cloud, dot)
		previous = dot
	}
}

// seq reads the seq of a write.
func (r *reader) seq(field string) uint64 { return r.uvarint(field, 1, crdt.Retired-1) }

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
