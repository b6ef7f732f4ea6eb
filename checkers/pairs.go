package checkers

import "butterfly/node"

// pairs keeps a T for each pair of a host and an origin, at first the zero one.
//
// Nearly always an origin is probed by one host, so of all pairs one an origin is asked for again and
// again. Those are in front, next to each other, where the processor's caches hold all of them; among
// all the others each probe would wait for memory.
//
// Invariant: the T of a pair is in front if its host is the one named there for its origin, else at
// the back; what the back has of a pair that is in front is out of date.
type pairs[T any] struct {
	front []fronted[T] // by origin
	back  []T          // [host][origin]
}

// fronted is what is in front of an origin's pairs.
type fronted[T any] struct {
	is   T
	host node.ID
}

func newPairs[T any](hosts, origins int) pairs[T] {
	return pairs[T]{make([]fronted[T], origins), make([]T, hosts*origins)}
}

// use returns what is kept of a pair, and moves it in front. It is valid until the next use.
func (p *pairs[T]) use(host node.ID, origin uint32) *T {
	f := &p.front[origin]
	if f.host != host {
		*p.behind(f.host, origin) = f.is
		f.is, f.host = *p.behind(host, origin), host
	}
	return &f.is
}

// find returns what is kept of a pair, wherever it is. It is valid until the next use.
func (p *pairs[T]) find(host node.ID, origin uint32) *T {
	if f := &p.front[origin]; f.host == host {
		return &f.is
	}
	return p.behind(host, origin)
}

func (p *pairs[T]) behind(host node.ID, origin uint32) *T {
	return &p.back[int(host)*len(p.front)+int(origin)]
}
