package health

import "butterfly/node"

// Status is what is believed of an origin. The zero value is [Unknown]: what nobody has probed is
// neither healthy nor unhealthy.
type Status uint8

const (
	// Unknown means that no probe of the origin has ended yet.
	Unknown Status = iota
	// Healthy means that the origin answers.
	Healthy
	// Unhealthy means that the origin does not answer.
	Unhealthy
	// Unable says nothing about the origin: whoever checks it cannot probe.
	Unable
)

func (s Status) String() string {
	switch s {
	case Unknown:
		return "unknown"
	case Healthy:
		return "healthy"
	case Unhealthy:
		return "unhealthy"
	case Unable:
		return "unable"
	}
	return "status?"
}

// real reports whether s says something about an origin.
func (s Status) real() bool { return s == Healthy || s == Unhealthy }

// Claim is what the map's record of an origin says: who checks it, in which of its lives, and what
// it found. An origin without a record has the claim of [node.Nobody].
type Claim struct {
	Claimant   node.ID
	Generation uint64
	Status     Status
	// Contested: other results stand beside it, written without knowledge of it. Whoever checks writes
	// again, so that nobody reads the others once the claimant is gone.
	Contested bool
}
