package agent

import (
	"butterfly/node/crdt"
	"butterfly/node/health"
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
