package gossip

import (
	"time"

	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// firstRound returns when the first round is due.
func (g *Gossip[K, V]) firstRound(now clock.Time) clock.Time {
	switch g.config.Timer {
	case Aligned:
		return now
	case Poisson:
		return now.Add(rng.Exponential(&g.rand, g.config.Period))
	}
	return now.Add(time.Duration(g.rand.Below(uint64(g.config.Period))))
}

// nextRound returns when the round after the one that begins now is due. Those that were missed,
// since this node was paused, are not made up for.
func (g *Gossip[K, V]) nextRound(now clock.Time) clock.Time {
	period := g.config.Period
	if g.config.Timer == Poisson {
		return now.Add(rng.Exponential(&g.rand, period))
	}
	missed := now.Sub(g.due) / period
	return g.due.Add((missed + 1) * period)
}

// late returns when the round that is due begins.
func (g *Gossip[K, V]) late(due clock.Time) clock.Time {
	if g.config.Timer == Poisson {
		return due
	}
	return due.Add(rng.Between(&g.rand, 0, g.config.Jitter))
}

// beginRound takes every free place for a contact with a random peer, whoever the others are with.
func (g *Gossip[K, V]) beginRound(out Effects[K, V]) {
	count := g.peers.Count()
	if count == 0 {
		return
	}
	for g.contacts.len() < g.config.FanOut {
		g.contact(g.rand.Intn(count), out)
	}
}

// contact begins the contact with the i-th peer. The request carries what this node has seen by
// now: what it may learn before the answer comes is not pushed on its account.
func (g *Gossip[K, V]) contact(i int, out Effects[K, V]) {
	c := g.contacts.begin(g.peers.Peer(i), g.config.Mode.request())
	g.store.Context(&c.seen)
	m := out.Call(c.peer, c.call, g.config.Timeout)
	m.Kind = c.request
	m.Seen.CopyFrom(&c.seen)
}

// request is the kind of message that a contact begins with.
func (m Mode) request() Kind {
	switch m {
	case PushMode:
		return Offer
	case PushPullMode:
		return Exchange
	}
	return Pull
}
