package crdt

// Ordering is the causal relation of one set of dots to another.
type Ordering uint8

const (
	// Equal: both hold the same dots.
	Equal Ordering = iota
	// Before: the other holds all dots of this one, and more.
	Before
	// After: this one holds all dots of the other, and more.
	After
	// Concurrent: each holds a dot that the other lacks.
	Concurrent
)

func (o Ordering) String() string {
	switch o {
	case Equal:
		return "equal"
	case Before:
		return "before"
	case After:
		return "after"
	case Concurrent:
		return "concurrent"
	}
	return "ordering?"
}

// ordering returns the relation of one set to another, given which of them holds the other.
func ordering(covers, covered bool) Ordering {
	switch {
	case covers && covered:
		return Equal
	case covered:
		return Before
	case covers:
		return After
	}
	return Concurrent
}

// Compare returns how v stands to other.
func (v VersionVector) Compare(other *VersionVector) Ordering {
	return ordering(v.CoversAll(other), other.CoversAll(&v))
}

// Compare returns how c stands to other.
func (c *CausalContext) Compare(other *CausalContext) Ordering {
	return ordering(c.CoversAll(other), other.CoversAll(c))
}

// CoversAll reports whether v holds all dots of other.
func (v VersionVector) CoversAll(other *VersionVector) bool {
	i := 0
	for _, dot := range *other {
		for i < len(v) && v[i].Actor < dot.Actor {
			i++
		}
		if v.seqAt(i, dot.Actor) < dot.Seq {
			return false
		}
	}
	return true
}

// CoversAll reports whether c holds all dots of other. A cloud cannot make up for a vector: its
// dots are beyond a gap.
func (c *CausalContext) CoversAll(other *CausalContext) bool {
	if !c.Vector.CoversAll(&other.Vector) {
		return false
	}
	for _, dot := range other.Cloud {
		if !c.Covers(dot) {
			return false
		}
	}
	return true
}
