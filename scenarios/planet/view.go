package planet

import (
	"butterfly/checkers"
	"butterfly/node"
)

// View is a checker that notes which origins the servers of one data centre ever took for dead. It
// judges nothing, for each data centre has checkers of its own; only together views say something.
// Memory is a byte for each origin.
type View struct {
	dead []bool
}

// NewView returns the view of a data centre that knows nothing yet of so many origins.
func NewView(origins int) *View { return &View{make([]bool, origins)} }

// unhealthy is health.Unhealthy, as [node.Believed] says it.
const unhealthy = 2

// Watches implements [checkers.Checker].
func (*View) Watches() checkers.Kind { return checkers.Event }

// Observe implements [checkers.Checker].
func (v *View) Observe(o *checkers.Observation, _ checkers.View, _ *checkers.Report) {
	if e := &o.Event; e.Kind == node.Believed && e.A == unhealthy && int(e.Subject) < len(v.dead) {
		v.dead[e.Subject] = true
	}
}

// apart counts the origins that some of the data centres took for dead at some time, and others
// never did.
func apart(views []*View) (origins int) {
	if len(views) == 0 {
		return 0
	}
	for origin := range views[0].dead {
		dead := 0
		for _, v := range views {
			if v.dead[origin] {
				dead++
			}
		}
		if 0 < dead && dead < len(views) {
			origins++
		}
	}
	return origins
}
