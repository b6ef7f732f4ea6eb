package checkers

import "butterfly/node"

// pairs keeps a T for each pair of a host and an origin that is used, at first the zero one.
//
// Nearly always an origin is probed by one host, so few pairs are ever used; those that are not
// take four bytes. And of all pairs one an origin is asked for again and again. Those are in front,
// next to each other, where the processor's caches hold all of them; among all the others each
// probe would wait for memory.
//
// Invariant: the T of a pair is in front if its host is the one named there for its origin, else in
// its place behind, if it has one; what is there of a pair that is in front is out of date.
type pairs[T any] struct {
	front  []fronted[T] // by origin
	places []uint32     // [host][origin]: the index in behind, or 0
	behind []T          // the first is not used
}

// fronted is what is in front of an origin's pairs.
type fronted[T any] struct {
	is   T
	host node.ID
}

func newPairs[T any](hosts, origins int) pairs[T] {
	return pairs[T]{make([]fronted[T], origins), make([]uint32, hosts*origins), make([]T, 1)}
}

// use returns what is kept of a pair, and moves it in front. It is valid until the next use.
func (p *pairs[T]) use(host node.ID, origin uint32) *T {
	f := &p.front[origin]
	if f.host != host {
		back := p.room(f.host, origin) // on lines of their own: room may move what is behind
		p.behind[back] = f.is
		front := p.room(host, origin)
		f.is, f.host = p.behind[front], host
	}
	return &f.is
}

// room returns the place behind of a pair, which it now has.
func (p *pairs[T]) room(host node.ID, origin uint32) uint32 {
	place := p.place(host, origin)
	if *place == 0 {
		*place = uint32(len(p.behind))
		p.behind = append(p.behind, *new(T))
	}
	return *place
}

func (p *pairs[T]) place(host node.ID, origin uint32) *uint32 {
	return &p.places[int(host)*len(p.front)+int(origin)]
}

// find returns what is kept of a pair, wherever it is, or nil if the pair was never used. It is
// valid until the next use.
func (p *pairs[T]) find(host node.ID, origin uint32) *T {
	if f := &p.front[origin]; f.host == host {
		return &f.is
	}
	if place := *p.place(host, origin); place != 0 {
		return &p.behind[place]
	}
	return nil
}

// each visits what is kept of all pairs of a host that were used, and of others perhaps.
func (p *pairs[T]) each(host node.ID, visit func(origin uint32, is *T)) {
	for origin := range uint32(len(p.front)) {
		if is := p.find(host, origin); is != nil {
			visit(origin, is)
		}
	}
}
