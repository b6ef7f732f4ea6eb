package zoo

const (
	apply   = "node/crdt/apply.go"
	answer  = "node/crdt/answer.go"
	entries = "node/crdt/entry.go"
	replica = "node/crdt/map.go"
	sweeps  = "node/gossip/sweep.go"
)

// mapMutants are bugs of the join: what two replicas make of two entries of one key.
func mapMutants() []Mutant {
	return []Mutant{{
		ID: "M28", Title: "of two equal dots the one that came last counts",
		Source:  "list; a tie that is decided by the order of arrival",
		Promise: "same updates seen, same state",
		Patches: []Patch{{
			File: entries,
			Old:  `	case mine < theirs:`,
			New:  `	case mine <= theirs:`,
		}},
		Hunts: []Hunt{mapStorm(), storm()},
	}, {
		ID: "M35", Title: "what arrives twice is overwritten",
		Source:  "list; akka#22606, as there are no counters to add up",
		Promise: "same updates seen, same state",
		Patches: []Patch{{
			File: entries,
			Old:  `	case mine == theirs && s.alive && !other.alive:`,
			New:  `	case mine == theirs && s.alive:`,
		}},
		Hunts: []Hunt{mapStorm(), storm()},
	}, {
		ID: "M47", Title: "all siblings but the winner are dropped when merging",
		Source:  "pitfall 2.a: a winner by rank is no join, and pruned losers annihilate each other",
		Promise: "same updates seen, same state",
		Patches: []Patch{{
			File: apply,
			Old:  `	if m.entries[p].size == 0 {` + "\n",
			New: `	if best, some := m.resolve(&m.entries[p]); some {
		for i := range m.entries[p].size {
			if s := m.at(&m.entries[p], i); m.dot(s) != best.Dot {
				s.overwrite()
			}
		}
	}
	if m.entries[p].size == 0 {
`,
		}},
		Hunts: []Hunt{mapStorm(), storm()},
	}, {
		ID: "M48", Title: "a write overwrites the newest of the siblings only",
		Source:  "pitfall 2.h",
		Promise: "a client that stays reads what it wrote",
		Patches: []Patch{{
			File: replica,
			Old: `	for i := range e.size {
		m.at(e, i).overwrite()
	}`,
			New: `	if e.size > 0 {
		m.at(e, e.size-1).overwrite()
	}`,
		}},
		Hunts: []Hunt{mapStorm(), storm()},
	}, {
		ID: "M49", Title: "a removal drops the entry, and is no write",
		Source:  "pitfall 2.d: removal without a dot",
		Promise: "what was removed is gone everywhere",
		Patches: []Patch{{
			File: replica,
			Old:  `	return m.write(f, m.nextSlot()), true`,
			New: `	m.discount(f)
	m.keep(&m.entries[f.place], func(*slot[V]) bool { return false })
	m.count(f)
	m.discard(f.place)
	return Dot{m.self, m.versions.Seq(m.self)}, true`,
		}},
		Hunts: []Hunt{mapRemovals()},
	}, {
		ID: "M50", Title: "a slot that is seen for the first time always comes in",
		Source:  "pitfall 2.d: who has collected takes back what others still hold",
		Promise: "nothing removed comes back",
		Patches: []Patch{{
			File: replica,
			Old:  `	case m.versions.Covers(Dot{actor, other.seq()}):` + "\n",
			New:  `	case other.seq() == 0:` + "\n",
		}},
		Hunts: []Hunt{mapRemovals(), mapStorm()},
	}}
}
