// Package cluster turns a [scenarios.Scenario] into a world of servers that share out health checks:
// machines, their bytes on the wire, and the checkers with bounds that follow from the configuration.
//
//	scenario ──Expand(seed)──▶ faults ─┐
//	scenario ──Design──────▶ machines ─┼──▶ world.Spec ──▶ world.World ──▶ world.Result
//	agent.Config ────────────▶ Bounds ─┘
//
// It is the place to look for what is promised: [Bounds] computes every bound from the
// configuration and says what it is the sum of, and [Build] hands each checker its own.
//
// # Designs
//
// The servers are our own agents, or a rival's: whatever they say to each other, they go through the
// same faults and are held to the same promises about origins with the same bounds, which are those of
// our configuration. Only promises about what others do not have, a group and a map, are ours alone.
// [scenarios.Designs] names the designs, and package rivals has a folder for each.
package cluster
