package agent

import (
	"slices"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
)

// passResult tells the other parts what news the map has of an origin: who checks it and what was
// found.
func (a *Agent) passResult(o uint32) {
	claim := a.reread(o)
	found := claim.Claimant != node.Nobody
	a.resulted = a.resulted || found
	switch known := a.known(o); {
	case found && !known:
		a.orphans.add(o)
	case known && (claim.Status == health.Healthy || claim.Status == health.Unhealthy):
		if a.beliefs[o] == health.Unknown || !a.forsaken() {
			a.believe(o, claim.Status)
		}
	}
	a.passClaim(o, claim)
}

// passReading tells health who checks an origin, after a change of the group. That is no news of
// the origin: what was believed of it stays.
func (a *Agent) passReading(o uint32) { a.passClaim(o, a.reread(o)) }

// passClaim tells health of a claim. The checks go on from what is believed.
func (a *Agent) passClaim(o uint32, claim health.Claim) {
	if claim.Status != health.Unable && a.beliefs[o] != health.Unknown {
		claim.Status = a.beliefs[o]
	}
	a.checks.Claimed(a.now, o, claim)
}

// reread reads the result of an origin, and notes whether that depends on the group.
func (a *Agent) reread(o uint32) health.Claim {
	claim := a.claim(o)
	if claim.Contested {
		a.contested.add(o)
	}
	return claim
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
