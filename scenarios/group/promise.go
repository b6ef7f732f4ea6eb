package group

import (
	"time"

	"butterfly/checkers"
	"butterfly/node/swim"
	"butterfly/scenarios"
)

// Promise is a property that runs of a group are held to.
type Promise struct {
	Property string
	// Bound is the time within which it has to come true; 0 for what must hold at every moment.
	Bound time.Duration
}

// Promises returns what a scenario that has been expanded is held to.
func Promises(s *scenarios.Scenario) []Promise {
	g := newGroup(*s, 0) // there is nothing left to be decided by luck
	return append(g.bounded(), g.always()...)
}

// Settle is how long a run of a scenario that has been expanded has to go on after its last fault for
// everything to be judged; 0 if nothing is promised.
func Settle(s *scenarios.Scenario) time.Duration {
	g := newGroup(*s, 0) // there is nothing left to be decided by luck
	if !g.promised || has(s, scenarios.Block) {
		return 0
	}
	return g.bounds.Settle(s)
}

// always is what no message, and no want of one, may ever do.
func (g *group) always() (all []Promise) {
	if g.remembers() {
		for _, property := range []string{
			checkers.PropertyIncarnationMonotone, checkers.PropertyNoResurrection,
			checkers.PropertyLegalTransitions, checkers.PropertyOwnIncarnation,
			checkers.PropertyOneDescription, checkers.PropertyNeverSelfDead,
		} {
			all = append(all, Promise{Property: property})
		}
	}
	if g.mistakes > 0 {
		all = append(all, Promise{Property: checkers.PropertyFewAccusations})
	}
	if g.forgets() {
		all = append(all, Promise{Property: checkers.PropertyGoneForgotten})
	}
	if g.scenario.Servers <= pairwise {
		all = append(all, Promise{Property: checkers.PropertyProbeGap})
	}
	return all
}

// bounded is what has to come true within a bound.
func (g *group) bounded() (all []Promise) {
	s := &g.scenario
	if !g.promised {
		return nil
	}
	if _, found := struck(s, forGood); found {
		all = append(all, Promise{checkers.PropertyDetectionBound, g.bounds.Detection})
	}
	if !has(s, scenarios.Block) {
		all = append(all, Promise{checkers.PropertyCompleteness, g.bounds.Agreement},
			Promise{checkers.PropertyAccuracy, g.bounds.Agreement})
	}
	if suffers(s, splits) {
		all = append(all, Promise{checkers.PropertyPartitionHeals, g.bounds.Heal})
	}
	if s.Group.UpdateAt > 0 {
		all = append(all, Promise{checkers.PropertyUpdateSpreads, g.bounds.Spread})
	}
	return all
}

// mostLoss is the steady loss up to which the promises are made. With more, of streams as well, a
// group of a few dozen takes live members for dead now and then: 1 run of "hunt swim-crash -n 300 -set
// servers=9-64" does so at 15 %, 37 do at 30 %.
const mostLoss = scenarios.BudgetLossPPM

// promised reports whether the group is held to bounds: it has our rules and one of the presets for
// use, and nothing that protects the living has been taken away. All others are measured only, and
// held to what no message may ever do to a member table.
func promised(s *scenarios.Scenario, config *swim.Config) bool {
	g := s.Group
	preset, err := swim.Preset(string(g.Preset))
	forUse := g.Preset == scenarios.Lan || g.Preset == scenarios.Wan || g.Preset == scenarios.Local
	return err == nil && forUse && g.Rules == scenarios.Butterfly && g.JoinEvery == 0 &&
		!weakened(config, &preset)
}

// beyond says why the promises are not made for a network like the scenario's; empty if they are, or
// if there are none to be made.
func (g *group) beyond() string {
	if !g.promised {
		return ""
	}
	return g.scenario.WorseThan(mostLoss, g.config.ProbeTimeout/2)
}
