package checkers

import "butterfly/node"

// Grounds checks beliefs-have-grounds: before anybody first believes an origin to be healthy a probe of
// it has succeeded, and before anybody first believes it to be unhealthy one has failed. A probe that
// could not be made is no ground for either, nor is a status that is only the initial one. Where
// [Flips] looks at each change of a verdict, this looks at what is there to begin with.
//
// It keeps a byte per origin.
type Grounds struct {
	found []uint8 // by origin: the outcomes there have been, as bits
}

// NewGrounds returns a checker for origins 0 to origins-1, none of which has an initial status.
func NewGrounds(origins int) *Grounds { return &Grounds{make([]uint8, origins)} }

// Watches implements [Checker].
func (g *Grounds) Watches() Kind { return Event | ProbeEnded }

// Observe implements [Checker].
func (g *Grounds) Observe(o *Observation, _ View, report *Report) {
	if o.Kind == ProbeEnded {
		g.found[o.Origin] |= 1 << o.Outcome
		return
	}
	if o.Event.Kind != node.Believed {
		return
	}
	ground, word := node.Succeeded, "healthy"
	switch o.Event.A {
	case believedHealthy:
	case believedUnhealthy:
		ground, word = node.Failed, "unhealthy"
	default:
		return
	}
	if found := &g.found[o.Event.Subject]; *found&(1<<ground) == 0 {
		*found |= 1 << ground // once is enough
		report.Violate(PropertyGrounds, o.At,
			"host %d believes at %v that origin %d is %s, but no probe of it has found it so",
			o.Host, o.At, o.Event.Subject, word)
	}
}
