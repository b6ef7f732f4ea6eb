package explore_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/scenarios/explore"
)

// fact is one thing that is so in a cluster. Which of the fields mean something depends on the kind
// of fact. It names servers and keys, so it has renamings.
type fact struct {
	kind     factKind
	at, from name
	key      name
	x, y     crdt.Dot
	value    uint64
}

// name is 0 for none, or 1 more than a server or a key.
type name uint8

func nameOf[N node.ID | uint32](n N) name { return name(n + 1) }

type factKind uint8

const (
	lives      factKind = iota + 1 // server at is in life number value
	sees                           // at has seen all up to x
	seesSingle                     // at has seen x beyond that
	knows                          // at has x in the context of key
	holds                          // at has x with value among the siblings of key
	collected                      // at has collected up to x
	wrote                          // x is a write of key with value
	wroteAfter                     // the writer of x had seen y
	asks                           // at waits for an answer of from; it had seen x
	asksSingle
	tells // from has answered in the life of y; the answer has the vector x
	tellsKnown
	tellsHeld
	tellsWhole
	tellsHorizon
)

// digest returns the key of a set of facts, one for each renaming that changes nothing.
func (d *design) digest(facts []fact) []explore.Key {
	keys := make([]explore.Key, 0, len(d.names))
	for r := range d.names {
		var key explore.Key
		for i := range facts {
			key = key.With(facts[i].packed(&d.names[r]))
		}
		keys = append(keys, key)
	}
	return keys
}

// key returns the key of a cluster: the least one of its renamings.
func (d *design) key(c *cluster) explore.Key {
	var least explore.Key
	for i := range d.names {
		var key explore.Key
		for _, s := range c.servers {
			key = key.Plus(s.keys[i])
		}
		for _, l := range c.letters {
			key = key.Plus(l.keys[i])
		}
		for _, w := range c.writes {
			key = key.Plus(w.keys[i])
		}
		if i == 0 || key.Less(least) {
			least = key
		}
	}
	return least
}

// renaming gives servers and keys other names. None stays none.
type renaming struct {
	servers [4]name
	keys    [3]name
}

// newRenamings returns those under which a model stays the same. Keys are always alike; servers are
// unless a priority or the order of an answer tells them apart.
func newRenamings(d *design) (names []renaming) {
	servers := [][4]name{
		{0, 1, 2, 3}, {0, 1, 3, 2}, {0, 2, 1, 3}, {0, 2, 3, 1}, {0, 3, 1, 2}, {0, 3, 2, 1},
	}
	keys := [][3]name{{0, 1, 2}, {0, 2, 1}}
	if !d.symmetric {
		servers = servers[:1]
	}
	for _, s := range servers {
		for _, k := range keys[:d.keys] {
			names = append(names, renaming{s, k})
		}
	}
	return names
}

// packed is the fact in 64 bits, with other names.
func (f *fact) packed(r *renaming) uint64 {
	return uint64(f.kind) | uint64(r.servers[f.at])<<4 | uint64(r.servers[f.from])<<6 |
		uint64(r.keys[f.key])<<8 | r.dot(f.x)<<10 | r.dot(f.y)<<21 | r.value(f.value)<<32
}

// dot is a dot in 11 bits: 2 for the server, 4 for the life and 5 for the number.
func (r *renaming) dot(dot crdt.Dot) uint64 {
	if dot == (crdt.Dot{}) {
		return 0
	}
	writer := r.servers[nameOf(dot.Actor.Node())]
	return uint64(writer) | dot.Actor.Boot()<<2 | min(dot.Seq, 31)<<6
}

// value is a value whose writer has another name. A smaller number is not a value.
func (r *renaming) value(value uint64) uint64 {
	return value&0xffff | uint64(r.servers[value>>16])<<16
}

// facts of a server are all that can be asked of its replica.
func (s *server) facts() []fact {
	at := nameOf(s.actor.Node())
	facts := []fact{{kind: lives, at: at, value: uint64(s.life)}}
	facts = appendSeen(facts, fact{kind: sees, at: at}, seesSingle, &s.seen)
	for _, dot := range *s.replica.Horizon() {
		facts = append(facts, fact{kind: collected, at: at, x: dot})
	}
	var all delta
	s.replica.Answer(&crdt.CausalContext{}, 0, &all)
	return appendEntries(facts, fact{kind: knows, at: at}, holds, &all)
}

// appendSeen appends a fact like the given one for each dot of a vector, and one of the other kind
// for each of a cloud.
func appendSeen(facts []fact, f fact, single factKind, seen *crdt.CausalContext) []fact {
	for _, f.x = range seen.Vector {
		facts = append(facts, f)
	}
	f.kind = single
	for _, f.x = range seen.Cloud {
		facts = append(facts, f)
	}
	return facts
}

// appendEntries appends a fact like the given one for each dot of a context, and one of the other
// kind for each sibling.
func appendEntries(facts []fact, f fact, held factKind, a *delta) []fact {
	for _, e := range a.Entries {
		g := f
		g.key = nameOf(e.Key)
		for _, g.x = range e.Context {
			facts = append(facts, g)
		}
		g.kind = held
		for _, s := range e.Siblings {
			g.x, g.value = s.Dot, s.Value
			facts = append(facts, g)
		}
	}
	return facts
}

// facts of a write are what it is, and which earlier writes its writer had seen before.
func (l *ledgered) facts(c *cluster, writer *server) []fact {
	facts := []fact{{kind: wrote, x: l.dot, key: nameOf(l.key), value: l.value}}
	for _, w := range c.writes {
		if writer.seen.Covers(w.dot) {
			facts = append(facts, fact{kind: wroteAfter, x: l.dot, y: w.dot})
		}
	}
	return facts
}

func (l *letter) facts() []fact {
	f := fact{kind: asks, at: nameOf(l.at), from: nameOf(l.from)}
	facts := appendSeen([]fact{f}, f, asksSingle, &l.since)
	if l.answer == nil {
		return facts
	}
	f.kind, f.y = tells, crdt.Dot{Actor: l.answer.From, Seq: 1}
	facts = appendSeen(append(facts, f), f, tells, &crdt.CausalContext{Vector: l.answer.Versions})
	f.kind = tellsKnown
	facts = appendEntries(facts, f, tellsHeld, l.answer)
	if l.answer.Whole {
		f.kind = tellsWhole
		facts = append(facts, f)
		f.kind = tellsHorizon
		for _, f.x = range l.answer.Horizon {
			facts = append(facts, f)
		}
	}
	return slices.Clip(facts)
}

// Renamings merge states that differ in names, and no others: the states found with them are those
// found without, each with the least key of its renamings.
func TestRenamingsLoseNoState(t *testing.T) {
	reduced := &design{
		replica: correct, servers: 3, keys: 2, symmetric: true, alphabet: of(2, write, remove, pull),
	}
	found := explore.Exhaust(reduced.keeps(""), explore.Bounds{Events: 4})

	all, least := *reduced, make(map[explore.Key]bool)
	m := all.model(func(_ []*cluster, events []event) error {
		c := reduced.initial()
		for _, e := range events {
			c = reduced.after(c, e)
		}
		least[reduced.key(c)] = true
		return nil
	})
	all.names = all.names[:1]
	unreduced := explore.Exhaust(m, explore.Bounds{Events: 4})
	require.Len(t, least, found.States)
	require.Greater(t, unreduced.States, 10*found.States)
}
