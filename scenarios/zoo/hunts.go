package zoo

// The hunts are those of the catalogue, made small: what does not show among five servers and fifty
// origins hardly ever shows sooner among more, and a run takes less than a tenth of a second.

// storm is everything at once, in a whole cluster.
func storm() Hunt { return cluster("storm") }

func cluster(scenario string, settings ...string) Hunt {
	return Hunt{Scenario: scenario, Settings: append([]string{"servers=5", "origins=50"}, settings...)}
}

// deadWriters has servers die while origins flap. In a storm it is found sooner, but half of what
// strikes there has a part in it.
func deadWriters() Hunt { return cluster("late-joiners", "crashes=8", "flaps=40") }

// alone is a scenario of SWIM alone.
func alone(scenario string, settings ...string) Hunt {
	return Hunt{Scenario: scenario, Settings: append([]string{"servers=5"}, settings...)}
}

// fewHelpers loses datagrams, and so many probes of four servers need the one helper they are given
// that it matters who that is.
func fewHelpers() Hunt {
	return Hunt{Scenario: "swim-loss", Settings: []string{"servers=4", "duration=20m"}, Fixed: true}
}

// missing loses a server for good, and nothing else.
func missing() Hunt {
	h := cluster("missing")
	h.Fixed = true
	return h
}

// downAtFirst registers origins while many of them are down, so that nobody has ever seen them up.
func downAtFirst() Hunt { return cluster("registration", "unregistered=40", "outages=300") }

// mapStorm is the map alone, where each key is written by all servers in turns.
func mapStorm() Hunt { return mapped("map-storm", "writes=4") }

// mapRemovals has half of the writes remove a key, and servers cut off for longer than it takes to
// collect what they removed. There are so many keys that one is left alone for as long.
func mapRemovals() Hunt {
	return Hunt{Scenario: "map-removals", Settings: []string{"servers=5", "keys=300", "writes=2"}}
}

// mapRestarts has servers lose their memory again and again. A key is written once a minute: oftener,
// and nothing is promised about retiring lives. A vector is too long when there have been more
// restarts than there are servers: with four of them, five faults are left.
func mapRestarts() Hunt {
	return Hunt{Scenario: "map-restarts", Settings: []string{"servers=4", "keys=60", "duration=90m"}}
}

// mapTruncated cuts answers short.
func mapTruncated() Hunt {
	return Hunt{Scenario: "map-truncated", Settings: []string{"servers=5", "keys=40"}}
}

func mapped(scenario string, settings ...string) Hunt {
	return Hunt{Scenario: scenario, Settings: append([]string{"servers=5", "keys=20"}, settings...)}
}
