package agent

import (
	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/health"
	"butterfly/node/swim"
	"butterfly/sim/rng"
)

// Ready reports whether the agent takes part in the checking.
func (a *Agent) Ready() bool { return a.ready }

// Status is what this server believes of an origin: what its replica of the map says, or said when
// somebody could last probe it. It is Unknown of what is not to be checked, and never Unable.
func (a *Agent) Status(origin uint32) health.Status { return a.beliefs[origin] }

// Known returns by which definition an origin is to be checked, by what this server has heard;
// false if it is not. It has no meaning before the server has started.
func (a *Agent) Known(origin uint32) (definition uint16, known bool) {
	return a.checks.Known(origin)
}

// Checking reports whether this server checks an origin. It has no meaning before the server has
// started, like all that follows.
func (a *Agent) Checking(origin uint32) bool { return a.checks.Checking(origin) }

// CheckingCount returns how many origins this server checks.
func (a *Agent) CheckingCount() int { return a.checks.CheckingCount() }

// Claim returns who checks an origin and what was found, by the result in the map that counts.
func (a *Agent) Claim(origin uint32) health.Claim { return a.claim(origin) }

// Routed reports whether this server's requests go to an origin, and Panicking whether they go to
// all of a pool because too little of it is healthy.
func (a *Agent) Routed(origin uint32) bool { return a.table.Routed(origin) }

// Panicking is described at [Agent.Routed].
func (a *Agent) Panicking(pool uint32) bool { return a.table.Panicking(pool) }

// Members returns how many servers are in the group, this one included.
func (a *Agent) Members() int { return a.swim.Len() }

// Member returns what this server holds another to be, or itself: its state, in which incarnation,
// and what it says of itself, which is valid until the next input.
func (a *Agent) Member(id node.ID) (state swim.State, as swim.Incarnation, metadata []byte) {
	state, as = a.swim.Held(id)
	return state, as, a.swim.Metadata(id)
}

// Choose returns an origin of a pool for the next request, as [routing.Table.Choose]; false if none
// of the pool is known. It has no meaning before the server has started.
func (a *Agent) Choose(pool uint32, luck *rng.Rand) (origin uint32, ok bool) {
	return a.table.Choose(pool, luck)
}

// Store returns this server's replica of the map of origins, nil before it has started. It is the
// agent's own and not to be modified.
func (a *Agent) Store() Store { return a.store }

// Actor names this life as a writer of the map. It has no meaning before the server has started.
func (a *Agent) Actor() crdt.Actor { return crdt.NewActor(a.self, a.swim.Generation()) }

// Digest implements [node.Digester].
func (a *Agent) Digest() uint64 {
	return rng.Mix(a.store.VersionHash()) ^ a.store.StateHash()
}
