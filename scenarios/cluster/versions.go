package cluster

import (
	"slices"

	"butterfly/node"
	"butterfly/scenarios"
)

// version is which version of the wire format a server speaks at a time: 0 or, if that is another one
// than at first, 1.
func (c *cluster) version(id node.ID, at scenarios.Span) int {
	upgraded := func(f scenarios.Fault) bool {
		return f.Kind == scenarios.Upgrade && f.At <= at && slices.Contains(f.Hosts, id)
	}
	s := &c.scenario
	if s.Other.Apart() && (s.Other.Has(id, s.Servers) || slices.ContainsFunc(s.Faults, upgraded)) {
		return 1
	}
	return 0
}

// mixed reports whether there are two versions from the start.
func (c *cluster) mixed() bool {
	first, servers := c.scenario.Other.First(c.scenario.Servers), c.scenario.Servers
	return c.scenario.Other.Apart() && first > 0 && int(first) < servers
}

// seedless says that some servers have nobody to join through when all faults are over, because all
// seeds speak another version by then; empty if none has. Whoever of them restarts stays a stranger to
// the rest for good, where after a partition it would be one until the heal.
func (c *cluster) seedless() string {
	if !c.scenario.Other.Apart() {
		return ""
	}
	seeds, speakers := seedsOf(&c.scenario), [2]int{}
	for id := range node.ID(c.scenario.Servers) {
		speakers[c.version(id, c.scenario.Duration)]++
	}
	for _, seed := range seeds {
		speakers[c.version(seed, c.scenario.Duration)] = 0 // they have one
	}
	if max(speakers[0], speakers[1]) < 2 {
		return ""
	}
	return "the promises are made for servers that have a seed of their own version in the end"
}
