package crdt

import (
	"slices"

	"butterfly/sim/rng"
)

// CausalContext is any set of dots: a version vector and, beyond it, a cloud of single dots. What a
// replica has seen is one: its vector is what it has seen all of, the cloud what came ahead of
// that in an answer that was cut short, or as the delta of a single write. The zero value is the
// empty set. Contexts with equal fields are equal sets and the reverse.
//
// Invariants:
//  1. Cloud is sorted by dot, each dot once.
//  2. Vector covers no dot of Cloud, nor is any of them the next one of its actor.
type CausalContext struct {
	Vector VersionVector
	Cloud  []Dot
}

// Covers reports whether dot is in c.
func (c *CausalContext) Covers(dot Dot) bool {
	return c.Vector.Covers(dot) || inCloud(c.Cloud, dot)
}

func inCloud(cloud []Dot, dot Dot) bool {
	_, found := slices.BinarySearchFunc(cloud, dot, Dot.Compare)
	return found
}

// Add adds one dot, without the earlier ones of its actor, and reports whether c grew. The zero Dot
// is no write and adds nothing.
func (c *CausalContext) Add(dot Dot) bool {
	i, found := slices.BinarySearchFunc(c.Cloud, dot, Dot.Compare)
	if found || c.Vector.Covers(dot) {
		return false
	}
	c.Cloud = slices.Insert(c.Cloud, i, dot)
	c.compact()
	return true
}

// Join adds all dots of other and reports whether c grew.
func (c *CausalContext) Join(other *CausalContext) bool {
	grew := c.Vector.Join(&other.Vector)
	own := c.Cloud
	for _, dot := range other.Cloud {
		if !c.Vector.Covers(dot) && !inCloud(own, dot) {
			c.Cloud = append(c.Cloud, dot)
		}
	}
	grew = grew || len(c.Cloud) > len(own)
	slices.SortFunc(c.Cloud, Dot.Compare)
	c.compact()
	return grew
}

// compact moves the dots that are next to the vector into it and drops those it covers. The cloud
// is sorted, so one pass finds every chain of them.
func (c *CausalContext) compact() {
	c.Cloud = slices.DeleteFunc(c.Cloud, func(dot Dot) bool {
		seen := c.Vector.Seq(dot.Actor)
		return dot.Seq <= seen || dot.Seq == seen+1 && c.Vector.Advance(dot)
	})
}

// Hash summarises c: equal sets have equal hashes, on every machine.
func (c *CausalContext) Hash() uint64 {
	sum := c.Vector.Hash()
	for _, dot := range c.Cloud {
		sum += dot.cloudHash()
	}
	return sum
}

// cloudHash is the part of a single dot in the hash of a context: not what the same dot would be
// as the entry of a vector, where it stands for all the earlier ones as well.
func (d Dot) cloudHash() uint64 { return rng.Mix(^d.hash()) }

// Clone returns a copy that shares no memory with c.
func (c *CausalContext) Clone() CausalContext {
	return CausalContext{c.Vector.Clone(), slices.Clone(c.Cloud)}
}

// CopyFrom makes c equal to other and reuses c's memory.
func (c *CausalContext) CopyFrom(other *CausalContext) {
	c.Vector.CopyFrom(&other.Vector)
	c.Cloud = append(c.Cloud[:0], other.Cloud...)
}

// Reset empties c and keeps its memory.
func (c *CausalContext) Reset() {
	c.Vector.Reset()
	c.Cloud = c.Cloud[:0]
}

// valid reports whether c has the form that the methods keep.
func (c *CausalContext) valid() bool {
	for i, dot := range c.Cloud {
		if i > 0 && c.Cloud[i-1].Compare(dot) >= 0 || dot.Seq > maxSeq {
			return false
		}
		if seen := c.Vector.Seq(dot.Actor); seen == Retired || dot.Seq <= seen+1 {
			return false
		}
	}
	return c.Vector.valid()
}
