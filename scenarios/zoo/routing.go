package zoo

// routingMutants are bugs of where requests go, and of the agent that composes all parts.
func routingMutants() []Mutant {
	return []Mutant{{
		ID: "M63", Title: "all that are unhealthy leave rotation at once",
		Source:  "the rule of package routing: so many in a churn window",
		Promise: "requests go where beliefs and rules say",
		Patches: []Patch{{
			File: "node/routing/churn.go",
			Old:  `	if now >= p.windowEnd {` + "\n\t\treturn true",
			New:  `	if now >= 0 {` + "\n\t\treturn true",
		}},
		Hunts: []Hunt{storm()},
	}, {
		ID: "M64", Title: "a pool never panics",
		Source:  "the rule of package routing: too few left, and requests go to all",
		Promise: "requests go where beliefs and rules say",
		Patches: []Patch{{
			File: "node/routing/panic.go",
			Old:  `	if p.panicking == t.short(p) {`,
			New:  `	if p.panicking == t.short(p) || !p.panicking {`,
		}},
		Hunts: []Hunt{storm()},
	}, {
		ID: "M65", Title: "who is back is back in rotation at once, however often it flapped",
		Source:  "the rule of package routing: debounce",
		Promise: "requests go where beliefs and rules say",
		Patches: []Patch{{
			File: "node/routing/debounce.go",
			Old:  `	if departures == 0 {`,
			New:  `	if departures < math.MaxUint8 {`,
		}},
		Hunts: []Hunt{storm(), cluster("flapping")},
	}, {
		ID: "M66", Title: "a removal wins over a registration made at the same time",
		Source:  "the rule of package agent: any registration counts before any removal",
		Promise: "any registration counts before any removal",
		Patches: []Patch{{
			File: "node/agent/registration.go",
			Old:  `{ return s.Value != origin.Removed }`,
			New:  `{ return s.Value == origin.Removed }`,
		}},
		Hunts: []Hunt{cluster("registration")},
	}, {
		ID: "M67", Title: "what the dead wrote counts as much as what the living did",
		Source:  "the rule of package agent: of the siblings the one counts whose writer stands for it",
		Promise: "what the dead wrote hides nothing that the living found",
		Patches: []Patch{{
			File: "node/agent/result.go",
			Old:  `	s := a.read(origin.Result(o), a.covers)`,
			New:  `	s := a.read(origin.Result(o), func(*Sibling) bool { return false })`,
		}},
		Hunts: []Hunt{storm()},
	}, {
		ID: "M68", Title: "a server checks before it has joined",
		Source:  "invariant 1 of package agent",
		Promise: "who has not joined checks nothing",
		Patches: []Patch{{
			File: "node/agent/agent.go",
			Old:  `	out.Alarm(timerGrace, now.Add(a.config.JoinGrace))`,
			New:  `	out.Alarm(timerGrace, now.Add(a.config.JoinGrace))` + "\n\ta.becomeReady()",
		}},
		Hunts: []Hunt{storm()},
	}}
}
