package crdt

import (
	"math"
	"slices"
)

// VersionVector is a set of dots that holds, with a dot, all earlier dots of the same actor. It
// keeps the highest dot of each actor, sorted by actor. The zero value is the empty set. There is
// one entry for each life of a node, never one for each node: knowing a later life says nothing
// about the writes of an earlier one.
//
// Only lives that are [Retired] share an entry: that of the last of them, which is then the first
// entry of the node.
type VersionVector []Dot

// Retired is the sequence number of a vector's entry that stands for every dot of its actor and of
// all earlier lives of the same node. No write has it.
const Retired = math.MaxUint64

// maxSeq is more than anybody writes in a life: a thousand writes a second for 17 years. A larger
// number is a lie. It is half of what a [slot] has room for, so who has believed one that large of
// its own life can go on from there.
const maxSeq = 1 << 39

// Seq returns the highest sequence number of actor in v: 0 if there is none, [Retired] if v holds
// all there can be.
func (v VersionVector) Seq(actor Actor) uint64 { return v.seqAt(v.find(actor), actor) }

// Covers reports whether dot is in v.
func (v VersionVector) Covers(dot Dot) bool { return dot.Seq <= v.Seq(dot.Actor) }

// Hash summarises v: equal sets have equal hashes, on every machine.
func (v VersionVector) Hash() uint64 {
	sum := uint64(0)
	for _, dot := range v {
		sum += dot.hash()
	}
	return sum
}

// Clone returns a copy that shares no memory with v.
func (v VersionVector) Clone() VersionVector { return slices.Clone(v) }

// CopyFrom makes v equal to other and reuses v's memory.
func (v *VersionVector) CopyFrom(other *VersionVector) { *v = append((*v)[:0], *other...) }

// Reset empties v and keeps its memory.
func (v *VersionVector) Reset() { *v = (*v)[:0] }

// Advance adds dot and all earlier dots of its actor, and reports whether v grew. Filling a vector
// in ascending order of actors appends.
func (v *VersionVector) Advance(dot Dot) bool {
	i := v.find(dot.Actor)
	switch {
	case dot.Seq <= v.seqAt(i, dot.Actor):
		return false
	case dot.Seq == Retired:
		v.retire(i, dot.Actor)
	case i < len(*v) && (*v)[i].Actor == dot.Actor:
		(*v)[i].Seq = dot.Seq
	default:
		*v = slices.Insert(*v, i, dot)
	}
	return true
}

// retire puts one entry in the place of those of the node up to actor, whose own is or belongs at
// i.
func (v *VersionVector) retire(i int, actor Actor) {
	first, end := i, i
	for first > 0 && (*v)[first-1].Actor.Node() == actor.Node() {
		first--
	}
	if end < len(*v) && (*v)[end].Actor == actor {
		end++
	}
	*v = slices.Replace(*v, first, end, Dot{actor, Retired})
}

// Join adds all dots of other and reports whether v grew.
func (v *VersionVector) Join(other *VersionVector) bool {
	grew := false
	for _, dot := range *other {
		grew = v.Advance(dot) || grew
	}
	return grew
}

// meet makes v the dots that are both in a and in b.
func (v *VersionVector) meet(a, b *VersionVector) {
	v.Reset()
	for _, dot := range *a {
		v.Advance(Dot{dot.Actor, min(dot.Seq, b.Seq(dot.Actor))})
	}
	for _, dot := range *b {
		v.Advance(Dot{dot.Actor, min(dot.Seq, a.Seq(dot.Actor))})
	}
}

// lower takes the dots of an actor that is not retired after seq away.
func (v *VersionVector) lower(actor Actor, seq uint64) {
	switch i := v.find(actor); {
	case v.seqAt(i, actor) <= seq:
	case seq == 0:
		*v = slices.Delete(*v, i, i+1)
	default:
		(*v)[i].Seq = seq
	}
}

// supersedes reports whether v has an entry of a later life of the same node.
func (v VersionVector) supersedes(life Actor) bool {
	i := v.find(life + 1)
	return i < len(v) && v[i].Actor.Node() == life.Node()
}

// valid reports whether v has the form that the methods keep.
func (v VersionVector) valid() bool {
	for i, dot := range v {
		if dot.Seq == 0 || dot.Seq > maxSeq && dot.Seq != Retired || i > 0 && !v[i-1].precedes(dot) {
			return false
		}
	}
	return true
}

// precedes reports whether d may stand directly before e in a vector.
func (d Dot) precedes(e Dot) bool {
	return d.Actor < e.Actor && (e.Seq != Retired || d.Actor.Node() != e.Actor.Node())
}

// seqAt returns the highest sequence number of actor, whose entry is or belongs at i.
func (v VersionVector) seqAt(i int, actor Actor) uint64 {
	if i == len(v) {
		return 0
	}
	if v[i].Actor == actor {
		return v[i].Seq
	}
	if v[i].Seq == Retired && v[i].Actor.Node() == actor.Node() {
		return Retired
	}
	return 0
}

// find returns where actor's entry is, or belongs. It halves without a branch to predict.
func (v VersionVector) find(actor Actor) int {
	low, count := 0, len(v)
	for count > 0 {
		half := (count + 1) / 2
		if v[low+half-1].Actor < actor {
			low += half
		}
		count -= half
	}
	return low
}
