package checkers

import (
	"time"

	"butterfly/sim/clock"
)

// topology is the set of kinds that change who is up or who reaches whom.
const topology = HostUp | HostDown | Reachability

// rest tells from when on liveness is demanded: a bound after the later of the last fault and the
// last disturbance.
type rest struct {
	bound  time.Duration
	healed bool
	calm   clock.Time // the last fault, change of topology, operator's word or other disturbance
	begun  bool       // begins has returned true since calm
}

// observe is called with every observation, before anything else is made of it.
func (r *rest) observe(o *Observation) {
	if o.Kind == Healed {
		r.healed = true
	}
	if o.Kind&(topology|OriginRegistered|Healed) != 0 {
		r.disturb(o.At)
	}
}

func (r *rest) disturb(at clock.Time) { r.calm, r.begun = at, false }

// demanded reports whether liveness is demanded at the given time.
func (r *rest) demanded(at clock.Time) bool {
	return r.healed && at >= r.calm.Add(r.bound)
}

// begins is true the first time it is asked while liveness is demanded, and once more after each
// disturbance. Nothing has been observed since rest began, so what a checker knows is the state it
// began with.
func (r *rest) begins(at clock.Time) bool {
	if r.begun || !r.demanded(at) {
		return false
	}
	r.begun = true
	return true
}
