package agent

import (
	"slices"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
)

// passResult tells the other parts what the map says of an origin: who checks it and what was
// found.
func (a *Agent) passResult(o uint32) {
	claim := a.claim(o)
	if len(a.siblings) > 1 {
		a.contested.add(o)
	}
	found, known := claim.Claimant != node.Nobody, a.known(o)
	a.resulted = a.resulted || found
	switch {
	case found && !known:
		a.orphans.add(o)
	case known && claim.Status != health.Unable:
		if claim.Status == health.Unknown || a.forsaken() && a.beliefs[o] != health.Unknown {
			claim.Status = a.beliefs[o] // and from there the checks go on
		}
		a.believe(o, claim.Status)
	}
	a.checks.Claimed(a.now, o, claim)
}

// forsaken reports whether several results of the origin read last remain and nobody stands for any
// of them. Which of them is read first then says nothing new: what was believed stays, until
// somebody checks the origin again.
func (a *Agent) forsaken() bool {
	stands := func(s Sibling) bool { return a.covers(&s) }
	return len(a.siblings) > 1 && !slices.ContainsFunc(a.siblings, stands)
}

// claim reads the result of an origin. What nobody stands for any more, because its writer is gone
// or cannot probe, counts only if there is nothing else.
func (a *Agent) claim(o uint32) health.Claim {
	s := a.read(origin.Result(o), a.covers)
	if s == nil {
		return health.Claim{Claimant: node.Nobody}
	}
	writer := s.Dot.Actor
	return health.Claim{
		Claimant: writer.Node(), Generation: writer.Boot(), Status: health.Status(s.Value),
		Contested: len(a.siblings) > 1,
	}
}

// covers reports whether the writer of a result stands for it: it is in the group, in the life in
// which it wrote, and can probe.
func (a *Agent) covers(s *Sibling) bool {
	writer := s.Dot.Actor
	return a.lives[writer.Node()] == writer.Boot() && health.Status(s.Value) != health.Unable
}

// believe takes an origin to have a status.
func (a *Agent) believe(o uint32, status health.Status) {
	if a.beliefs[o] == status {
		return
	}
	a.beliefs[o] = status
	a.out.Emit(node.Event{Kind: node.Believed, Subject: o, A: uint64(status)})
	if definition, known := a.checks.Known(o); known {
		a.serve(o, definition)
	}
}
