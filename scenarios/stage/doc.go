// Package stage runs scenarios of every kind. It knows which package builds the world of which: of the
// health-check cluster package cluster, of SWIM alone package group. Whoever hunts, replays or reports
// need not.
//
//	Scenario ──Group?──┬─ no ──▶ cluster.Build ─┐
//	                   └─ yes ─▶ group.Build ───┴──▶ Run
//
// A [Run] is used by one goroutine. Scenarios are checked by [Validate] before they are run: Build
// panics on what it refuses.
package stage
