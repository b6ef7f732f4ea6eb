package crdt

import (
	"maps"
	"slices"

	"butterfly/node"
)

// spec is the abstract specification: what was written, what each write overwrote, and what each
// replica sees. Everything a replica should answer follows from the set of dots it sees.
type spec struct {
	writes map[Dot]specWrite
	sees   []map[Dot]bool // by replica
}

type specWrite struct {
	key, value string
	removal    bool
	overwrites []Dot
}

func newSpec(replicas int) *spec {
	s := &spec{writes: map[Dot]specWrite{}}
	for range replicas {
		s.sees = append(s.sees, map[Dot]bool{})
	}
	return s
}

// write adds a write of replica who, which overwrites what who sees of the key.
func (s *spec) write(who int, dot Dot, w specWrite) {
	for seen := range s.sees[who] {
		if s.writes[seen].key == w.key {
			w.overwrites = append(w.overwrites, seen)
		}
	}
	s.writes[dot] = w
	s.sees[who][dot] = true
}

// siblings returns the writes of key among the seen that no seen write overwrites.
func (s *spec) siblings(key string, sees map[Dot]bool) []Sibling[string] {
	overwritten := map[Dot]bool{}
	for dot := range sees {
		for _, old := range s.writes[dot].overwrites {
			overwritten[old] = true
		}
	}
	var siblings []Sibling[string]
	for dot := range sees {
		if w := s.writes[dot]; w.key == key && !w.removal && !overwritten[dot] {
			siblings = append(siblings, Sibling[string]{dot, w.value})
		}
	}
	slices.SortFunc(siblings, func(a, b Sibling[string]) int { return a.Dot.Compare(b.Dot) })
	return siblings
}

// resolve returns the sibling to be read under key, whose writers rank by priority, then by dot.
func (s *spec) resolve(siblings []Sibling[string], priority func(node.ID) uint64) Sibling[string] {
	return slices.MaxFunc(siblings, func(a, b Sibling[string]) int {
		pa, pb := priority(a.Dot.Actor.Node()), priority(b.Dot.Actor.Node())
		if pa != pb {
			return Dot{Seq: pa}.Compare(Dot{Seq: pb})
		}
		return a.Dot.Compare(b.Dot)
	})
}

// versions returns the version vector of a set of dots.
func (s *spec) versions(sees map[Dot]bool) VersionVector {
	var v VersionVector
	for dot := range sees {
		v.Advance(dot)
	}
	return v
}

// keysBeyond returns the sorted keys that have a write among the seen which since does not cover.
func (s *spec) keysBeyond(since *VersionVector, sees map[Dot]bool) []string {
	keys := map[string]bool{}
	for dot := range sees {
		if !since.Covers(dot) {
			keys[s.writes[dot].key] = true
		}
	}
	return slices.Sorted(maps.Keys(keys))
}
