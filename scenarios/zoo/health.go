package zoo

// healthMutants are bugs of what is concluded from probes, and of what is written about it.
func healthMutants() []Mutant {
	return []Mutant{{
		ID: "M38", Title: "a result that agrees does not reset the count of those that do not",
		Source:  "list; a control",
		Promise: "a status changes only after as many results in a row",
		Patches: []Patch{{
			File: judge,
			Old: `	if t.status == found(up) {
		t.streak = 0
		return`,
			New: `	if t.status == found(up) {
		return`,
		}},
		Hunts: []Hunt{storm(), cluster("flapping")},
	}, {
		ID: "M40", Title: "who has not been probed is healthy",
		Source:  "list; a control",
		Promise: "what could not be probed is neither healthy nor unhealthy",
		Patches: []Patch{{
			File: "node/health/prober.go",
			Old:  `		t.status, t.assumed = initial, true`,
			New:  `		t.status, t.assumed = Healthy, true`,
		}},
		Hunts: []Hunt{downAtFirst()},
	}, {
		ID: "M60", Title: "probes that could not be made count as failures",
		Source:  "the rule of package health: a probe that cannot be made counts neither way",
		Promise: "own failures condemn no origin",
		Patches: []Patch{{
			File: judge,
			Old:  `	if result.Outcome == node.Unable {`,
			New:  `	if result.Outcome == 99 {`,
		}},
		Hunts: []Hunt{cluster("no-sockets")},
	}, {
		ID: "M61", Title: "a server never doubts its own network",
		Source:  "the rule of package health: a verdict is put off when the failures may be the server's own",
		Promise: "own failures condemn no origin",
		Patches: []Patch{{
			File: "node/health/network.go",
			Old:  `	case !n.peered:`,
			New:  `	case n.failures >= 0:`,
		}},
		Hunts: []Hunt{storm(), cluster("isolation")},
	}, {
		ID: "M62", Title: "a status that has changed is not written if a claim stands",
		Source:  "the rule of package health: write when the status is news",
		Promise: "what servers believe of origins is so",
		Patches: []Patch{{
			File: checks,
			Old:  `	case status == t.published || status == Unknown:`,
			New:  `	case t.published != Unknown || status == Unknown:`,
		}},
		Hunts: []Hunt{storm(), cluster("flapping")},
	}}
}
