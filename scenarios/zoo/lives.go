package zoo

// lifeMutants are bugs of writers that restart, and of forgetting those that are over.
func lifeMutants() []Mutant {
	return []Mutant{{
		ID: "M29", Title: "dots count from 1 again in every life",
		Source:  "list; pitfall 2.c; Riak before its actor epochs",
		Promise: "a dot is one write",
		Patches: []Patch{{
			File: "node/crdt/dot.go",
			Old:  `	return Actor(uint64(id)<<bootBits | boot&(1<<bootBits-1))`,
			New:  `	return Actor(uint64(id)<<bootBits | min(boot, 1))`,
		}},
		Hunts: []Hunt{mapStorm()},
	}, {
		ID: "M55", Title: "knowing a later life of a node covers all of its earlier ones",
		Source:  "pitfall 2.c: incarnations folded into one entry of the version vector",
		Promise: "what was seen is shown, unless it was overwritten",
		Patches: []Patch{{
			File: "node/crdt/vector.go",
			Old:  `	if v[i].Seq == Retired && v[i].Actor.Node() == actor.Node() {`,
			New:  `	if v[i].Actor.Node() == actor.Node() {`,
		}},
		Hunts: []Hunt{mapStorm()},
	}, {
		ID: "M56", Title: "lives are retired while a server is missing",
		Source:  "pitfall 2.e: pruning on one's own account; phoenix_pubsub#60",
		Promise: "no write that a running server holds is lost",
		Patches: []Patch{{
			File: "node/agent/membership.go",
			Old:  `{ return a.missing == 0 }`,
			New:  `{ return a.missing >= 0 }`,
		}},
		Hunts: []Hunt{missing()},
	}, {
		ID: "M57", Title: "a life is retired though something it wrote is left",
		Source:  "pitfall 2.e",
		Promise: "what was seen is shown, unless it was overwritten",
		Patches: []Patch{{
			File: "node/crdt/retire.go",
			Old:  `	return stable.Covers(life) && !m.holds(life.Actor)`,
			New:  `	return stable.Covers(life)`,
		}},
		Hunts: []Hunt{mapStorm()},
	}, {
		ID: "M58", Title: "the entry of a life that is retired is deleted",
		Source:  "pitfall 2.e: never delete the entry; phoenix_pubsub#60",
		Promise: "what was seen in a life stays seen",
		Patches: []Patch{{
			File: "node/crdt/vector.go",
			Old:  `	*v = slices.Replace(*v, first, end, Dot{actor, Retired})`,
			New:  `	*v = slices.Delete(*v, first, end)`,
		}},
		Hunts: []Hunt{mapRestarts()},
	}, {
		ID: "M59", Title: "lives are never retired",
		Source:  "pitfall 2.e: a version vector that grows with the boots",
		Promise: "state stays bounded",
		Patches: []Patch{{
			File: "node/crdt/retire.go",
			Old:  `	m.scratch.gone = gone` + "\n\tfor _, life := range gone {",
			New:  `	gone = gone[:0]` + "\n\tfor _, life := range gone {",
		}},
		Hunts: []Hunt{mapRestarts()},
	}}
}
