// Package cluster turns a [scenarios.Scenario] into a world of our own servers: agents, their bytes
// on the wire, and the checkers with bounds that follow from the configuration.
//
//	scenario ──Expand(seed)──▶ faults ─┐
//	                                   ├──▶ world.Spec[wire.Message] ──▶ world.World ──▶ world.Result
//	agent.Config ──▶ machines, Bounds ─┘
//
// It is the place to look for what is promised: [Bounds] computes every bound from the
// configuration and says what it is the sum of, and [Build] hands each checker its own.
package cluster
