package zoo

const (
	checks  = "node/health/checks.go"
	phases  = "node/health/phase.go"
	checker = "node/health/members.go"
	judge   = "node/health/judge.go"
)

// ownershipMutants are bugs of who checks what.
func ownershipMutants() []Mutant {
	return []Mutant{{
		ID: "M19", Title: "equal scores are left equal, with a hash of 4 bits",
		Source:  "list; vitess#21121",
		Promise: "who sees the same members sees the same owner",
		Patches: []Patch{{
			File: "node/rendezvous/hash.go",
			Old:  `{ return fmix64(uint64(key ^ member)) }`,
			New:  `{ return fmix64(uint64(key^member)) & 0xf }`,
		}, {
			File: checker,
			Old:  `	return aScore > bScore || (aScore == bScore && a < b)`,
			New:  `	return aScore > bScore`,
		}},
		Hunts: []Hunt{storm()},
	}, {
		ID: "M23", Title: "who is not the owner does not wait for who is",
		Source:  "list; there is no lease to wait out, but a time in which others may act",
		Promise: "takeovers wait for who ranks higher",
		Patches: []Patch{{
			File: phases,
			Old:  `c.deadline(now, 1))`,
			New:  `c.deadline(now, 0))`,
		}, {
			File: phases,
			Old:  `.phase == patient && rank > 1 {`,
			New:  `.phase == patient && rank > 99 {`,
		}},
		Hunts: []Hunt{storm()},
	}, {
		ID: "M24", Title: "leases end by the clock on the wall",
		Source:  "list",
		Promise: "who has lost an origin stops within its bound",
		Equivalent: "There is no lease, and no clock on the wall. A checker stops when it sees a " +
			"claim of who ranks higher, and the one clock it is given never goes back. Of what is in " +
			"a claim one part came from a clock, the generation of a life, and that is compared for " +
			"equality only.",
	}, {
		ID: "M25", Title: "an older write of a server replaces its newer one",
		Source:  "list; the fence of an origin's result is the dot of the write",
		Promise: "no older result is taken after a newer one",
		Patches: []Patch{{
			File: entries,
			Old:  `	case mine < theirs:`,
			New:  `	case mine != theirs:`,
		}},
		Hunts: []Hunt{storm(), mapStorm()},
	}, {
		ID: "M27", Title: "who has lost an origin goes on probing it",
		Source:  "list; a control",
		Promise: "who has lost an origin stops within its bound",
		Patches: []Patch{{
			File: phases,
			Old:  `		c.prober.End(origin)` + "\n",
			New:  ``,
		}},
		Hunts: []Hunt{storm()},
	}, {
		ID: "M44", Title: "a claim counts in all lives of who made it",
		Source:  "the rule of package health: a claim counts for the life it was made in",
		Promise: "what the dead wrote hides nothing that the living found",
		Patches: []Patch{{
			File: checker,
			Old:  `m.table[id].live && m.table[id].generation == generation`,
			New:  `m.table[id].live`,
		}, {
			File: "node/agent/result.go",
			Old:  `	return a.lives[writer.Node()] == writer.Boot() &&`,
			New:  `	return a.lives[writer.Node()] < hasLeft &&`,
		}},
		Hunts: []Hunt{deadWriters()},
	}, {
		ID: "M45", Title: "the origins of who died are not decided anew",
		Source:  "the rule of package health: applied again whenever the view changes",
		Promise: "every origin has a checker that lives",
		Patches: []Patch{{
			File: checker,
			Old: `	c.hurryWaits(now, id)
	c.decideClaimsOf(now, id)`,
			New: `	c.hurryWaits(now, id)`,
		}},
		Hunts: []Hunt{storm()},
	}, {
		ID: "M46", Title: "who ranks higher gives way to whoever claimed last",
		Source:  "the rule of package health: only who outranks covers",
		Promise: "at rest each origin is checked by its owner",
		Patches: []Patch{{
			File: phases,
			Old: `c.members.liveIn(o.claimant, o.claimGeneration) &&
		c.outranks(origin, o.claimant)`,
			New: `c.members.liveIn(o.claimant, o.claimGeneration)`,
		}},
		Hunts: []Hunt{storm()},
	}}
}
