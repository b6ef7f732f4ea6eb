package crdt

import "slices"

// VersionVector is a set of dots that holds, with a dot, all earlier dots of the same actor. It
// keeps the highest dot of each actor, sorted by actor. The zero value is the empty set. There is
// one entry for each life of a node, never one for each node: knowing a later life says nothing
// about the writes of an earlier one.
type VersionVector []Dot

// Seq returns the highest sequence number of actor in v, 0 if there is none.
func (v VersionVector) Seq(actor Actor) uint64 {
	if i, found := v.find(actor); found {
		return v[i].Seq
	}
	return 0
}

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
	i, found := v.find(dot.Actor)
	switch {
	case dot.Seq == 0 || found && dot.Seq <= (*v)[i].Seq:
		return false
	case found:
		(*v)[i].Seq = dot.Seq
	default:
		*v = slices.Insert(*v, i, dot)
	}
	return true
}

// Join adds all dots of other and reports whether v grew.
func (v *VersionVector) Join(other *VersionVector) bool {
	grew := false
	for _, dot := range *other {
		grew = v.Advance(dot) || grew
	}
	return grew
}

// valid reports whether v has the form that the methods keep.
func (v VersionVector) valid() bool {
	for i, dot := range v {
		if dot.Seq == 0 || i > 0 && v[i-1].Actor >= dot.Actor {
			return false
		}
	}
	return true
}

// find returns where actor's entry is, or belongs. It halves without a branch to predict.
func (v VersionVector) find(actor Actor) (int, bool) {
	low, count := 0, len(v)
	for count > 0 {
		half := (count + 1) / 2
		if v[low+half-1].Actor < actor {
			low += half
		}
		count -= half
	}
	return low, low < len(v) && v[low].Actor == actor
}
