package gossip

import "butterfly/node/crdt"

// reply fills in what who asked lacks, and what this node has seen if it lacks any of what it was
// offered; neither if there is no such thing.
func (g *Gossip[K, V]) reply(request, reply *Message[K, V]) {
	g.store.Context(&g.own)
	if request.Kind != Offer && !request.Seen.CoversAll(&g.own) {
		g.store.Answer(&request.Seen, g.config.MaxEntries, &reply.Delta)
	}
	if request.Kind != Pull && !g.own.CoversAll(&request.Seen) {
		reply.Lacks = true
		reply.Seen.CopyFrom(&g.own)
	}
}

// take merges what an answer brings. The answer is lent and not to be modified: what was asked for
// is put beside it.
func (g *Gossip[K, V]) take(c *contact, reply *Message[K, V]) {
	if !reply.brings() || c.request == Offer {
		return
	}
	g.delta = reply.Delta
	g.delta.Since = c.seen
	g.store.Apply(&g.delta, g.changed)
	g.delta = crdt.Delta[K, V]{}
}

// push sends the peer what it lacks and reports true, provided that some of it was here when the
// contact began. What came since then waits for the next round: so a round of aligned timers hands
// on what was there at its beginning, as theory has it.
func (g *Gossip[K, V]) push(c *contact, reply *Message[K, V], out Effects[K, V]) bool {
	if reply.Seen.CoversAll(&c.seen) {
		return false
	}
	c.request, c.call = Push, g.contacts.number()
	m := out.Call(c.peer, c.call, g.config.Timeout)
	m.Kind = Push
	g.store.Answer(&reply.Seen, g.config.MaxEntries, &m.Delta)
	return true
}
