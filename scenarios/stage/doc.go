// Package stage runs scenarios of every kind. It knows which package builds the world of which: of the
// health-check cluster package cluster, of SWIM alone package group, of the map alone package replicas.
// Whoever hunts, replays or reports need not.
//
//	             ┌─ Group ────▶ group.Build ────┐
//	Scenario ────┼─ Replicas ─▶ replicas.Build ─┼──▶ Run
//	             └─ neither ──▶ cluster.Build ──┘
//
// A guest, a protocol that is not ours, is run by package universe: this package only validates its
// scenarios.
//
// A [Run] is used by one goroutine. Scenarios are checked by [Validate] before they are run: Build
// panics on what it refuses.
package stage
