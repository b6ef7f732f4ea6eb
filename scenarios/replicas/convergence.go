package replicas

import (
	"time"

	"butterfly/checkers"
	"butterfly/node"
)

// convergence is [checkers.Convergence] of a map that is written to for no reason in the world: a
// write counts from when it is made, as a result of a probe does there.
type convergence struct{ *checkers.Convergence }

func newConvergence(bound time.Duration) convergence {
	return convergence{checkers.NewConvergence(bound)}
}

// Observe implements [checkers.Checker].
func (c convergence) Observe(o *checkers.Observation, view checkers.View, r *checkers.Report) {
	if o.Event.Kind == node.Wrote {
		written := *o
		written.Event.Kind = node.HealthChanged
		o = &written
	}
	c.Convergence.Observe(o, view, r)
}
