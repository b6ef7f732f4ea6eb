package agent

import "butterfly/node/crdt"

// Store is this server's replica of the map of origins, nil before it has started. It is the
// agent's own and not to be modified.
func (a *Agent) Store() Store { return a.store }

// Actor names this life as a writer of the map. It has no meaning before the server has started.
func (a *Agent) Actor() crdt.Actor { return crdt.NewActor(a.self, a.swim.Generation()) }
