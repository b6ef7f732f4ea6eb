package zoo

const (
	claims  = "node/swim/claims.go"
	members = "node/swim/members.go"
	machine = "node/swim/swim.go"
	probe   = "node/swim/probe.go"
)

// swimMutants are bugs of the failure detector: who is suspected, who answers, who is declared dead.
func swimMutants() []Mutant {
	return []Mutant{{
		ID: "M01", Title: "alive at the same incarnation clears a suspect and revives the dead",
		Source:  "list; onAlive of memberlist compares by <=",
		Promise: "the dead come back by a newer claim only",
		Patches: []Patch{{
			File: claims,
			Old: `	case Alive:
		return i > j
	case Suspect:`,
			New: `	case Alive:
		return i > j || i == j && held != Alive
	case Suspect:`,
		}, {
			File: members,
			Old:  `	demand(u.Incarnation > e.incarnation || e.state == Unknown, "alive`,
			New:  `	demand(u.Incarnation >= e.incarnation || e.state == Unknown, "alive`,
		}},
		Hunts: []Hunt{storm(), alone("swim-partition")},
	}, {
		ID: "M02", Title: "nobody is suspected at the incarnation it is known at",
		Source:  "list; a control",
		Promise: "a crashed server is dead in every view by its bound",
		Patches: []Patch{{
			File: claims,
			Old:  `		return held == Alive && i >= j ||`,
			New:  `		return held == Alive && i > j ||`,
		}},
		Hunts: []Hunt{alone("swim-crash"), storm()},
	}, {
		ID: "M04", Title: "a refutation takes the incarnation of the accusation, not the next",
		Source:  "list",
		Promise: "at rest every server that is up is alive in every view",
		Patches: []Patch{{
			File: claims,
			Old:  `		s.setIncarnation(u.Incarnation+1, out)`,
			New:  `		s.setIncarnation(u.Incarnation, out)`,
		}},
		Hunts: []Hunt{storm(), alone("swim-partition")},
	}, {
		ID: "M05", Title: "incarnations have 32 bits and wrap",
		Source:  "list; memberlist#358",
		Promise: "who restarts beats every rumour about its life before",
		Patches: []Patch{{
			File: "node/swim/incarnation.go",
			Old:  `	return Incarnation(generation << refutationBits)`,
			New:  `	return Incarnation(uint32(generation << refutationBits))`,
		}},
		Hunts: []Hunt{storm()},
	}, {
		ID: "M08", Title: "a death found in the table of a peer counts as a death",
		Source:  "list; memberlist guards against it",
		Promise: "after a partition everybody holds everybody alive",
		Patches: []Patch{{
			File: claims,
			Old:  `	if u.State == Dead && !s.config.FinalDeath {`,
			New:  `	if u.State == Dead && s.config.FinalDeath {`,
		}},
		Hunts: []Hunt{alone("swim-partition"), storm()},
		Equivalent: "It costs more deaths after a heal, and no promise. What a side has declared " +
			"dead just before the heal reaches the other side as news, on datagrams, and is believed " +
			"there with or without the bug; whoever is meant is told so, refutes it, and is back " +
			"within the bound of the heal, which allows for that. A promise that the end of a " +
			"partition kills nobody was tried, and the original breaks it.",
	}, {
		ID: "M10", Title: "a suspect is told nothing, its accusation included",
		Source:  "list",
		Promise: "a probe fails by mistake no oftener than its helpers allow, and no suspect helps",
		Patches: []Patch{{
			File: "node/swim/gossip.go",
			Old:  `	room := s.config.DatagramBytes - headerBytes`,
			New: `	if s.members.at(to).state == Suspect {
		return
	}
	room := s.config.DatagramBytes - headerBytes`,
		}},
		Hunts: []Hunt{fewHelpers()},
	}, {
		ID: "M13", Title: "the target of a probe is asked to help with it",
		Source:  "list",
		Promise: "a probe fails by mistake no oftener than its helpers allow",
		Patches: []Patch{{
			File: probe,
			Old:  `	helpers := s.choose(s.config.IndirectProbes, s.probe.target)`,
			New:  `	helpers := s.choose(s.config.IndirectProbes, node.Nobody)`,
		}},
		Hunts: []Hunt{fewHelpers()},
	}, {
		ID: "M15", Title: "a nack of a helper counts as an ack",
		Source:  "list; a control",
		Promise: "a crashed server is dead in every view by its bound",
		Patches: []Patch{{
			File: machine,
			Old:  `		s.onNack(m)`,
			New:  `		s.onAck(now, from, m, out)`,
		}},
		Hunts: []Hunt{alone("swim-crash"), storm()},
	}}
}
