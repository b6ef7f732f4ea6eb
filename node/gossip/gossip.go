package gossip

import (
	"time"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Store is the replica that is gossiped. [crdt.Map] is one.
type Store[K comparable, V any] interface {
	Versions() *crdt.VersionVector
	Context(c *crdt.CausalContext)
	Answer(since *crdt.CausalContext, limit int, delta *crdt.Delta[K, V])
	Apply(delta *crdt.Delta[K, V], changed func(K)) bool
	Collect(stable *crdt.VersionVector)
}

// Peers is who there is to gossip with.
type Peers interface {
	// Count is how many peers there are now, this node not among them.
	Count() int
	// Peer returns the i-th of them, 0 <= i < Count(), in any order that holds until the next change.
	Peer(i int) node.ID
}

// Effects is where a [Gossip] puts what it asks for: its owner's own effects.
type Effects[K comparable, V any] interface {
	// Call adds a request on a stream and returns its empty message to fill in, as [node.Out.Call].
	// IDs are below 1<<31.
	Call(to node.ID, id node.CallID, timeout time.Duration) *Message[K, V]
	// Alarm sets the one timer, as [node.Out.Alarm].
	Alarm(at clock.Time)
}

// Gossip spreads one replica.
type Gossip[K comparable, V any] struct {
	config  Config
	store   Store[K, V]
	peers   Peers
	rand    rng.Rand
	changed func(K)

	due      clock.Time // of the next round, before jitter
	contacts contacts
	sweep    sweep
	whole    bool               // every node that may have a replica is among the peers
	own      crdt.CausalContext // what the store has seen, while a request is answered
	delta    crdt.Delta[K, V]   // borrows that of an answer while it is applied
}

// New returns the gossip of one life of a node. changed is called, unless it is nil, for each key
// that an exchange changed. rand is a stream of its own. config must be valid.
func New[K comparable, V any](
	config Config, store Store[K, V], peers Peers, rand rng.Rand, changed func(K),
) *Gossip[K, V] {
	return &Gossip[K, V]{
		config: config, store: store, peers: peers, rand: rand, changed: changed, whole: true,
	}
}

// Start begins the rounds. No round begins in it: at the earliest, the alarm goes off at once.
func (g *Gossip[K, V]) Start(now clock.Time, out Effects[K, V]) {
	g.sweep.begin(g.store.Versions(), g.whole)
	g.due = g.firstRound(now)
	out.Alarm(g.late(g.due))
}

// Wake begins a round.
func (g *Gossip[K, V]) Wake(now clock.Time, out Effects[K, V]) {
	g.due = g.nextRound(now)
	out.Alarm(g.late(g.due))
	g.beginRound(out)
}

// Serve fills in the reply to a request, and reports whether it was one. request is only read.
func (g *Gossip[K, V]) Serve(
	_ clock.Time, from node.ID, request, reply *Message[K, V],
) (served bool) {
	switch request.Kind {
	case Pull, Offer, Exchange:
		g.reply(request, reply)
		g.hear(from, &request.Seen)
	case Push:
		g.store.Apply(&request.Delta, g.changed)
	default:
		return false
	}
	reply.Kind = Answer
	return true
}

// Returned ends a call; reply is nil if it failed, and is only read. A contact that failed is made
// up for by later ones.
func (g *Gossip[K, V]) Returned(
	_ clock.Time, from node.ID, call node.CallID, reply *Message[K, V], out Effects[K, V],
) {
	c := g.contacts.find(call)
	if c == nil {
		return
	}
	if reply != nil && reply.Kind == Answer && c.request != Push {
		g.take(c, reply)
		if reply.Lacks && c.request != Pull {
			g.hear(from, &reply.Seen)
			if g.push(c, reply, out) {
				return
			}
		}
	}
	g.contacts.end(c)
}
