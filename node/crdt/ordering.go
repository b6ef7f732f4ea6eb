package crdt

// Ordering is the causal relation of one version vector to another.
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

// Compare returns how v stands to other.
func (v VersionVector) Compare(other *VersionVector) Ordering {
	covers, covered := v.CoversAll(other), other.CoversAll(&v)
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

// CoversAll reports whether v holds all dots of other.
func (v VersionVector) CoversAll(other *VersionVector) bool {
	i := 0
	for _, dot := range *other {
		for i < len(v) && v[i].Actor < dot.Actor {
			i++
		}
		if i == len(v) || v[i].Actor != dot.Actor || v[i].Seq < dot.Seq {
			return false
		}
	}
	return true
}
