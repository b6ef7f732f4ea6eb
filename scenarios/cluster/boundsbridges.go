package cluster

import (
	"slices"
	"time"

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
	return f.Kind == scenarios.Partition && len(f.Others) > 0 && len(f.Hosts)+len(f.Others) < servers
}

// fewestReached is how many others that server can reach which can reach the fewest while a bridge lasts,
// other partitions included; at least 1, for who can reach nobody is on a side of its own.
func fewestReached(bridge *scenarios.Fault, s *scenarios.Scenario) int {
	fewest := s.Servers - 1
	for id := range node.ID(s.Servers) {
		reached := 0
		for other := range node.ID(s.Servers) {
			if other != id && !parted(id, other, bridge, s.Faults) {
				reached++
			}
		}
		fewest = min(fewest, reached)
	}
	return max(1, fewest)
}

// parted reports whether anything parts two servers while a bridge lasts.
func parted(a, b node.ID, bridge *scenarios.Fault, faults []scenarios.Fault) bool {
	for i := range faults {
		f := &faults[i]
		if f.Kind == scenarios.Partition && f.At <= bridge.End() && bridge.At <= f.End() && parts(f, a, b) {
			return true
		}
	}
	return false
}

// parts reports whether two servers are on the two sides of a partition. Streams need both directions.
func parts(f *scenarios.Fault, a, b node.ID) bool {
	across := func(a, b node.ID) bool {
		return isOn(f.Hosts, f.Others, a) && isOn(f.Others, f.Hosts, b)
	}
	return across(a, b) || across(b, a)
}

// isOn reports whether a server is on a side of a partition, which is all who are not on the other if it
// names nobody.
func isOn(side, other []node.ID, id node.ID) bool {
	if len(side) == 0 {
		return !slices.Contains(other, id)
	}
	return slices.Contains(side, id)
}
