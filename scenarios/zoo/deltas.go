package zoo

// deltaMutants are bugs of what is sent and what is taken for seen.
func deltaMutants() []Mutant {
	return []Mutant{{
		ID: "M30", Title: "what was sent to a peer counts as seen by it, and is not sent again",
		Source:  "list; there are no acknowledgements, so the peer that answers remembers instead",
		Promise: "an acknowledged update becomes visible everywhere",
		Patches: []Patch{{
			File: "node/gossip/gossip.go",
			Old:  `	sweep    sweep` + "\n",
			New:  `	sweep    sweep` + "\n\tsent     map[node.ID]crdt.VersionVector\n",
		}, {
			File: "node/gossip/gossip.go",
			Old:  `		g.reply(request, reply)`,
			New: `		known := request.Seen.Clone()
		sent := g.sent[from]
		known.Vector.Join(&sent)
		asked := *request
		asked.Seen = known
		g.reply(&asked, reply)
		if g.sent == nil {
			g.sent = map[node.ID]crdt.VersionVector{}
		}
		g.sent[from] = g.own.Vector.Clone()`,
		}},
		Hunts: []Hunt{mapStorm(), storm()},
	}, {
		ID: "M32", Title: "a delta is applied whatever was seen before it",
		Source:  "list; pitfall 2.g",
		Promise: "what a version vector covers was seen",
		Patches: []Patch{{
			File: apply,
			Old:  `	return m.hasSeen(&delta.Since) && !m.versions`,
			New:  `	return !m.versions`,
		}},
		Hunts: []Hunt{mapStorm(), mapTruncated(), mapped("map-push", "writes=4")},
		Equivalent: "The check guards against drivers that are not ours. An answer travels on the " +
			"stream of its question, which ends with either life, and is judged by what the replica " +
			"had seen when it asked; within a life it only sees more. So what an answer takes for " +
			"granted has been seen. TestRefusesAnAnswerToAnEarlierLife of package crdt needs it.",
	}, {
		ID: "M37", Title: "the newest dot of a writer stands for all before it",
		Source:  "list",
		Promise: "what a version vector covers was seen",
		Patches: []Patch{{
			File: "node/crdt/cloud.go",
			Old:  `		if r.seq() == seen+1 {` + "\n\t\t\tseen++",
			New:  `		if r.seq() > seen {` + "\n\t\t\tseen = r.seq()",
		}},
		Hunts: []Hunt{mapTruncated()},
	}, {
		ID: "M51", Title: "an answer that is cut short has the version vector of a whole one",
		Source:  "pitfall 2.b; delta_crdt_ex#65, akka#22890",
		Promise: "what a version vector covers was seen",
		Patches: []Patch{{
			File: answer,
			Old:  `		m.shorten(&delta.Versions, &lacking, cut)`,
			New:  `		_ = cut`,
		}},
		Hunts: []Hunt{mapTruncated()},
	}, {
		ID: "M52", Title: "an answer that is cut short covers gaps in the numbers",
		Source:  "pitfall 2.b, the fix by half",
		Promise: "what a version vector covers was seen",
		Patches: []Patch{{
			File: answer,
			Old:  `		if r.seq() == seq+1 {` + "\n\t\t\tseq++",
			New:  `		if r.seq() > seq {` + "\n\t\t\tseq = r.seq()",
		}},
		Hunts: []Hunt{mapTruncated()},
	}, {
		ID: "M34", Title: "who was cut off is not told what has been collected",
		Source:  "list; tombstones that are gone before a partition is over",
		Promise: "nothing removed comes back",
		Patches: []Patch{{
			File: answer,
			Old:  `	return !since.Vector.CoversAll(&m.horizon) ||`,
			New:  `	return false && !since.Vector.CoversAll(&m.horizon) ||`,
		}},
		Hunts: []Hunt{mapRemovals()},
	}, {
		ID: "M53", Title: "a tombstone is collected when any one other server has seen it",
		Source:  "pitfall 2.d: collecting on one's own account",
		Promise: "nothing removed comes back",
		Patches: []Patch{{
			File: sweeps,
			Old:  `	if n == 0 || s.count < n {` + "\n\t\treturn false\n\t}",
			New:  `	if s.count > 0 {` + "\n\t\treturn true\n\t}",
		}},
		Hunts: []Hunt{missing()},
	}, {
		ID: "M54", Title: "a key that somebody else has not written is not sent",
		Source:  "pitfall 2.h: an answer that is not one cut through a map",
		Promise: "with a write all is seen that its writer had seen",
		Patches: []Patch{{
			File: answer,
			Old:  `			if s == nil || s.actor != actor || s.seq() != r.seq() {`,
			New:  `			if s == nil || s.actor != actor || s.seq() != r.seq() || e.size > fewSlots {`,
		}},
		Hunts: []Hunt{mapStorm(), storm()},
	}}
}
