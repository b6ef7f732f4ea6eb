package cluster

import (
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/scenarios"
)

// throughBridges is for how long news may be kept from a server that sees some of the others only through
// the rest. It holds all of them for alive, for the rest pass on that they are, and asks one of them at
// random: its pulls come to nothing until it happens to ask one that it can reach. That takes no longer
// than the bridges last, and as many draws at most, but for the chance that [SpreadBound] allows for.
func throughBridges(s *scenarios.Scenario, config *agent.Config, spread time.Duration) time.Duration {
	most := 0
	isInTheWay := func(f *scenarios.Fault) bool { return isBridge(f, s.Servers) }
	for i := range s.Faults {
		if f := &s.Faults[i]; isInTheWay(f) {
			most = max(most, draws(fewestReached(f, s), s.Servers-1))
		}
	}
	// A pull that comes to nothing keeps its place until it times out, and the next begins a period later
	// at most.
	each := config.Gossip.Timeout + config.Gossip.Period
	return min(time.Duration(most)*each, longestSpell(s.Faults, spread, isInTheWay))
}

// draws is how often one of so many others has to be drawn until one of those that can be reached has been
// among them, but for a chance of a millionth of a percent.
func draws(reached, others int) (count int) {
	const certain, negligible = 1e17, 1e9
	for missed := uint64(certain); missed > negligible; count++ {
		missed = missed / uint64(others) * uint64(others-reached)
	}
	return count
}

// isBridge reports whether a partition leaves servers on neither side of it.
func isBridge(f *scenarios.Fault, servers int) bool {
	return f.Kind == scenarios.Partition && !f.Splits() && len(f.Hosts)+len(f.Others) < servers
}

// fewestReached is how many others that server can reach which can reach the fewest while a bridge lasts,
// other partitions included; at least 1, for who can reach nobody is on a side of its own. Streams, by which
// news travels, need both ways.
func fewestReached(bridge *scenarios.Fault, s *scenarios.Scenario) int {
	network := netmodel.New(0, s.Servers, netmodel.Config{})
	for i := range s.Faults {
		f := &s.Faults[i]
		if f.Kind == scenarios.Partition && f.At <= bridge.End() && bridge.At <= f.End() {
			network.Cut(f.Cut())
		}
	}
	fewest := s.Servers - 1
	for id := range node.ID(s.Servers) {
		reached := 0
		for other := range node.ID(s.Servers) {
			if other != id && !network.Blocked(id, other) && !network.Blocked(other, id) {
				reached++
			}
		}
		fewest = min(fewest, reached)
	}
	return max(1, fewest)
}
