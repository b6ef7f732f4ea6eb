package explore_test

import (
	"slices"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/scenarios/explore"
)

// design says what to explore.
type design struct {
	replica  func(self crdt.Actor) replica
	servers  node.ID
	keys     uint32
	alphabet []event

	limit     int  // entries of an answer, 0 for any number
	late      int  // how many exchanges may be under way at once
	amnesia   bool // a server that starts again writes as before
	alone     bool // a server that collects takes itself for the only member
	symmetric bool // servers differ in nothing but their names
	// singleWinner: the design does not promise that concurrent writes survive.
	singleWinner bool
	// shorten makes an answer, for pullOne, one with the record of key alone.
	shorten func(d *delta, key uint32)

	names []renaming // those that change nothing
}

// cluster is the state of a model. It is never modified.
type cluster struct {
	servers []*server
	letters []*letter   // one at most from one server to another
	writes  []*ledgered // in the order of their dots
}

// letter is an exchange under way: a request and, once it has been answered, the answer.
type letter struct {
	at, from node.ID
	since    crdt.CausalContext
	answer   *delta
	keys     []explore.Key
}

// ledgered is what there is to know about a write beside what the replicas hold of it.
type ledgered struct {
	dot   crdt.Dot
	key   uint32
	value uint64
	keys  []explore.Key
}

func (d *design) initial() *cluster {
	c := &cluster{}
	for id := range d.servers {
		c.servers = append(c.servers, d.start(id, 1))
	}
	return c
}

// possible appends the events of the alphabet that may happen.
func (d *design) possible(c *cluster, events []event) []event {
	for _, e := range d.alphabet {
		if d.happens(c, e) {
			events = append(events, e)
		}
	}
	return events
}

func (d *design) happens(c *cluster, e event) bool {
	switch e.kind {
	case remove:
		return len(c.servers[e.at].replica.Siblings(e.key)) > 0
	case crash:
		return len(c.servers[e.at].inputs) > 0
	case request:
		return len(c.letters) < d.late && c.letter(e) < 0
	case answer:
		i := c.letter(e)
		return i >= 0 && c.letters[i].answer == nil
	case apply:
		i := c.letter(e)
		return i >= 0 && c.letters[i].answer != nil
	}
	return true
}

// letter returns which letter is the exchange of e, -1 if none is.
func (c *cluster) letter(e event) int {
	return slices.IndexFunc(c.letters, func(l *letter) bool {
		return l.at == e.at && l.from == e.from
	})
}

// after returns the cluster after e.
func (d *design) after(c *cluster, e event) *cluster {
	next := &cluster{servers: slices.Clone(c.servers), letters: c.letters, writes: c.writes}
	s := &next.servers[e.at]
	switch e.kind {
	case write, remove:
		*s = d.wrote(next, *s, e)
	case pull, pullOne:
		*s = d.applied(*s, d.answerTo(&(*s).seen, c.servers[e.from], e))
	case crash:
		*s = d.start(e.at, (*s).life+1)
	case collect:
		*s = d.grown(*s, input{kind: collect, stable: d.stable(c, e.at)})
	case prune:
		*s = d.grown(*s, input{kind: prune, actor: c.servers[e.from].actor})
	case request:
		next.letters = append(slices.Clip(c.letters), d.asked(*s, e))
	case answer:
		next.letters = slices.Clone(c.letters)
		l := &next.letters[c.letter(e)]
		*l = d.answered(*l, c.servers[e.from], e)
	case apply:
		i := c.letter(e)
		*s = d.applied(*s, c.letters[i].answer)
		next.letters = slices.Delete(slices.Clone(c.letters), i, i+1)
	}
	return next
}

// wrote lets a server write or remove, and puts that into the ledger of next.
func (d *design) wrote(next *cluster, s *server, e event) *server {
	value := uint64(nameOf(e.at))<<16 | uint64(s.life)<<8 | uint64(s.writes+1)
	in := input{kind: e.kind, key: e.key, value: value}
	if e.kind == remove {
		value = 0
	}
	grown := d.grown(s, in)
	if grown.dot == (crdt.Dot{}) {
		return grown // it removes without a write
	}
	l := &ledgered{dot: grown.dot, key: e.key, value: value}
	l.keys = d.digest(l.facts(next, s))
	i, _ := slices.BinarySearchFunc(next.writes, l, func(a, b *ledgered) int {
		return a.dot.Compare(b.dot)
	})
	next.writes = slices.Insert(slices.Clone(next.writes), i, l)
	return grown
}

// value is what a write wrote: if several have its dot, the last of them.
func (c *cluster) value(dot crdt.Dot) (value uint64) {
	for _, w := range c.writes {
		if w.dot == dot {
			value = max(value, w.value)
		}
	}
	return value
}

func (d *design) answerTo(since *crdt.CausalContext, from *server, e event) *delta {
	a := &delta{}
	from.replica.Answer(since, d.limit, a)
	if e.kind == pullOne {
		d.shorten(a, e.key)
	}
	return a
}

func (d *design) asked(s *server, e event) *letter {
	l := &letter{at: e.at, from: e.from, since: s.seen}
	l.keys = d.digest(l.facts())
	return l
}

func (d *design) answered(l *letter, from *server, e event) *letter {
	a := &letter{at: l.at, from: l.from, since: l.since, answer: d.answerTo(&l.since, from, e)}
	a.keys = d.digest(a.facts())
	return a
}

// stable is what a server takes for stable: what all have seen, or it alone.
func (d *design) stable(c *cluster, at node.ID) crdt.VersionVector {
	if d.alone {
		return c.servers[at].seen.Vector
	}
	var stable crdt.VersionVector
	for _, dot := range c.servers[at].seen.Vector {
		for _, s := range c.servers {
			dot.Seq = min(dot.Seq, s.seen.Vector.Seq(dot.Actor))
		}
		if dot.Seq > 0 {
			stable.Advance(dot)
		}
	}
	return stable
}
