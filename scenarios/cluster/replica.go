package cluster

import (
	"butterfly/checkers"
	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/crdt"
	"butterfly/node/origin"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// clients is how many servers have a client pinned to them, whose sessions are checked.
const clients = 4

// history returns the checkers of the map of origins: every replica against what was written, and
// what clients of the first few servers read.
func (c *cluster) history() []checkers.Checker {
	literal := c.scenario.Merge == scenarios.Literal
	history := checkers.NewMapHistory(checkers.MapPromise{
		Replicas: c.replica, Truncated: c.config.Gossip.MaxEntries > 0, SingleWinner: literal,
		Whole: !literal,
	})
	if literal {
		return []checkers.Checker{history} // a client may see its write lose to a concurrent one
	}
	var pinned []checkers.Client
	for host := range node.ID(min(clients, c.scenario.Servers)) {
		pinned = append(pinned, checkers.Client{Host: host})
	}
	luck := rng.Stream(c.seed, "clients", 0)
	return []checkers.Checker{history, checkers.NewSessions(history, luck, pinned...)}
}

// holder is a machine with a replica of the map: an [agent.Agent], whatever it is wrapped in.
type holder interface {
	Actor() crdt.Actor
	Store() agent.Store
}

// replica returns what checkers may ask of the replica of a host.
func (c *cluster) replica(host node.ID) checkers.Replica {
	m := c.machine(host).(holder)
	return &replica{
		actor: m.Actor(), store: m.Store(),
		valueHash: agent.MapConfig(c.config.Placement).ValueHash,
	}
}

// replica is one server's replica in the words of the checkers.
type replica struct {
	actor     crdt.Actor
	store     agent.Store
	valueHash func(origin.Value) uint64

	seen     crdt.CausalContext // memory to work in
	siblings []agent.Sibling
}

// Actor implements [checkers.Replica].
func (r *replica) Actor() uint64 { return uint64(r.actor) }

// Vector implements [checkers.Replica].
func (r *replica) Vector(buffer []checkers.Dot) []checkers.Dot {
	return appendDots(buffer, *r.store.Versions())
}

// Cloud implements [checkers.Replica].
func (r *replica) Cloud(buffer []checkers.Dot) []checkers.Dot {
	r.store.Context(&r.seen)
	return appendDots(buffer, r.seen.Cloud)
}

// Siblings implements [checkers.Replica]. A map that keeps a single winner has no others.
func (r *replica) Siblings(key uint32, buffer []checkers.Sibling) []checkers.Sibling {
	r.siblings = r.store.AppendSiblings(r.siblings[:0], key)
	for _, s := range r.siblings {
		buffer = append(buffer, checkers.Sibling{Dot: dot(s.Dot), Value: r.valueHash(s.Value)})
	}
	return buffer
}

func appendDots(buffer []checkers.Dot, dots []crdt.Dot) []checkers.Dot {
	for _, d := range dots {
		buffer = append(buffer, dot(d))
	}
	return buffer
}

func dot(d crdt.Dot) checkers.Dot { return checkers.Dot{Actor: uint64(d.Actor), Seq: d.Seq} }
