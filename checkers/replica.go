package checkers

import (
	"cmp"
	"fmt"
	"math"
)

// Replica is what checkers may ask of one replica of a map: what it says it has seen, and what it
// shows to who reads. A checker knows from elsewhere what it ought to show.
type Replica interface {
	// Actor names the life of the server: the writer of its dots. The bits above [BootBits] number
	// the server, so that later lives of one server compare greater.
	Actor() uint64
	// Vector appends the newest dot of each actor of which the replica has seen that dot and all
	// earlier ones, in ascending order of actors. [Retired] for a number stands for all dots of
	// that actor and of all earlier lives of its server, which then have no entries of their own.
	Vector(buffer []Dot) []Dot
	// Cloud appends the dots that the replica has seen beyond its vector, ascending. One of them
	// implies all earlier dots of its actor for the same key.
	Cloud(buffer []Dot) []Dot
	// Siblings appends the writes of key that survive, ascending by dot.
	Siblings(key uint32, buffer []Sibling) []Sibling
}

// BootBits is how many of the low bits of an actor's name number the life within its server.
const BootBits = 44

// Retired is the number in a vector that covers whatever an actor wrote and whatever earlier lives
// of its server did.
const Retired = math.MaxUint64

// Dot names a write: the Seq-th, from 1, of one life of one server.
type Dot struct{ Actor, Seq uint64 }

// String prints "server.life:seq".
func (d Dot) String() string {
	return fmt.Sprintf("%d.%d:%d", d.Actor>>BootBits, d.Actor&(1<<BootBits-1), d.Seq)
}

// compare orders dots by actor, then number.
func (d Dot) compare(other Dot) int {
	return cmp.Or(cmp.Compare(d.Actor, other.Actor), cmp.Compare(d.Seq, other.Seq))
}

// Sibling is a write that survives at a replica, with the hash of its value.
type Sibling struct {
	Dot   Dot
	Value uint64
}
