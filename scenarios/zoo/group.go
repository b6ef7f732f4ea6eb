package zoo

// groupMutants are bugs of membership: leaving, forgetting, joining, healing.
func groupMutants() []Mutant {
	return []Mutant{{
		ID: "M17", Title: "who left is never forgotten, where others are after 15 s",
		Source:  "list; memberlist#253",
		Promise: "state stays bounded",
		Patches: []Patch{{
			File: "node/swim/deadline.go",
			Old:  `	if held.state != Suspect {`,
			New: `	if held.state == Left {
		c.deadline = clock.Never
		return
	}
	if held.state != Suspect {`,
		}, {
			File: "node/swim/config.go",
			Old:  `	c.DeadRetention = 5 * time.Minute`,
			New:  `	c.DeadRetention = 15 * time.Second`,
		}},
		Hunts: []Hunt{cluster("churn")},
	}, {
		ID: "M18", Title: "who has said that it leaves goes on, and refutes it",
		Source:  "list; memberlist guards against it",
		Promise: "a leave does not come back",
		Patches: []Patch{{
			File: machine,
			Old:  `	s.depart(out)` + "\n\ts.stop(out)",
			New:  `	s.depart(out)`,
		}},
		Hunts: []Hunt{cluster("churn"), storm()},
	}, {
		ID: "M41", Title: "the lost are never looked for",
		Source:  "memberlist#222",
		Promise: "a partition heals by itself, however long it was",
		Patches: []Patch{{
			File: "node/swim/exchange.go",
			Old:  `	heal := s.config.HealEvery > 0` + "\n",
			New:  `	heal := false` + "\n",
		}},
		Hunts: []Hunt{alone("swim-partition"), storm()},
	}, {
		ID: "M42", Title: "a life begins at incarnation 1, whatever was before",
		Source:  "memberlist#311",
		Promise: "who restarts beats every rumour about its life before",
		Patches: []Patch{{
			File: "node/swim/incarnation.go",
			Old:  `	generation := milliseconds(now) + firstGeneration` + "\n",
			New:  `	generation := min(milliseconds(now), 0) + firstGeneration` + "\n",
		}},
		Hunts: []Hunt{storm()},
	}, {
		ID: "M43", Title: "who is forgotten is forgotten with its incarnation",
		Source:  "memberlist#312",
		Promise: "the dead come back by a newer claim only",
		Patches: []Patch{{
			File: members,
			Old:  `	s.members.set(id, Unknown, e.incarnation)`,
			New:  `	s.members.set(id, Unknown, 0)`,
		}},
		Hunts: []Hunt{alone("swim-partition"), storm()},
	}}
}
