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

// newest returns the seen dots that no seen dot of the same actor and key follows: those a replica
// may have slots for.
func (s *spec) newest(sees map[Dot]bool) (dots []Dot) {
	type pair struct {
		actor Actor
		key   string
	}
	last := map[pair]uint64{}
	for dot := range sees {
		p := pair{dot.Actor, s.writes[dot].key}
		last[p] = max(last[p], dot.Seq)
	}
	for p, seq := range last {
		dots = append(dots, Dot{p.actor, seq})
	}
	slices.SortFunc(dots, Dot.Compare)
	return dots
}

// lacking returns the keys with a write among the seen that since does not hold, in the order of
// the first of these.
func (s *spec) lacking(since *CausalContext, sees map[Dot]bool) (keys []string) {
	for _, dot := range s.newest(sees) {
		key := s.writes[dot].key
		if !since.Covers(dot) && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// of returns the seen dots of the keys.
func (s *spec) of(keys []string, sees map[Dot]bool) map[Dot]bool {
	chosen := maps.Clone(sees)
	maps.DeleteFunc(chosen, func(dot Dot, _ bool) bool {
		return !slices.Contains(keys, s.writes[dot].key)
	})
	return chosen
}

// keysOf returns the sorted keys of the dots in sees that are not in without.
func (s *spec) keysOf(sees, without map[Dot]bool) []string {
	keys := map[string]bool{}
	for dot := range sees {
		if !without[dot] {
			keys[s.writes[dot].key] = true
		}
	}
	return slices.Sorted(maps.Keys(keys))
}

// stable returns the vector of all the replicas that are present: what they have all seen, without
// gaps.
func (s *spec) stable(replicas []*testMap, present []bool) VersionVector {
	var stable VersionVector
	started := false
	for i, m := range replicas {
		switch {
		case !present[i]:
		case !started:
			stable.CopyFrom(m.Versions())
			started = true
		default:
			common := VersionVector{}
			common.meet(&stable, m.Versions())
			stable = common
		}
	}
	return stable
}
