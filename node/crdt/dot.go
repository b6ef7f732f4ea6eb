package crdt

import (
	"cmp"
	"strconv"

	"butterfly/node"
)

// Actor names one life of one node. A node that comes back without its memory is another actor: it
// must not continue the numbering of a life whose last writes it has forgotten.
type Actor uint64

// bootBits is the width of the boot number: 44 bits hold 557 years of milliseconds. The other 20
// bits are the node's ID, see [node.MaxIDs].
const bootBits = 44

// NewActor packs a node's ID and the low 44 bits of boot, the number of this life: never used by an
// earlier life of the node, such as the time of its start in milliseconds. Later boots of a node
// compare greater.
func NewActor(id node.ID, boot uint64) Actor {
	return Actor(uint64(id)<<bootBits | boot&(1<<bootBits-1))
}

// Node is the node that lived this life.
func (a Actor) Node() node.ID { return node.ID(a >> bootBits) }

// Boot is the number of this life.
func (a Actor) Boot() uint64 { return uint64(a) & (1<<bootBits - 1) }

// String prints "node.boot".
func (a Actor) String() string {
	return strconv.FormatUint(uint64(a.Node()), 10) + "." + strconv.FormatUint(a.Boot(), 10)
}

// Dot identifies one write: the Seq-th of Actor, counted from 1 without gaps. The zero Dot is no
// write.
type Dot struct {
	Actor Actor
	Seq   uint64
}

// Compare orders dots by actor, then by sequence number. The order means nothing but is the same at
// everybody.
func (d Dot) Compare(e Dot) int {
	if order := cmp.Compare(d.Actor, e.Actor); order != 0 {
		return order
	}
	return cmp.Compare(d.Seq, e.Seq)
}

// String prints "node.boot:seq".
func (d Dot) String() string { return d.Actor.String() + ":" + strconv.FormatUint(d.Seq, 10) }
