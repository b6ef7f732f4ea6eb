package group

import (
	"time"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/sim/clock"
)

const (
	// pairwise is up to how many servers there are checkers that keep several bytes for each pair.
	pairwise = 2000
	// healWithin and knownWithin are after how long healing and an update are measured, as they were
	// with memberlist v0.7.0.
	healWithin, knownWithin = 5 * time.Minute, 8 * time.Second
)

// checkers returns who watches the group.
func (g *group) checkers() []checkers.Checker {
	all := append([]checkers.Checker{g.expected()}, g.meters()...)
	if g.accuses() {
		all = append(all, accused())
	}
	if g.remembers() {
		all = append(all, checkers.NewTransitions())
	}
	if g.forgets() {
		all = append(all, checkers.NewRetention(g.bounds.Retention))
	}
	if g.scenario.Servers <= pairwise {
		all = append(all, checkers.NewProbeGaps())
	}
	if g.promised && !has(&g.scenario, scenarios.Block) {
		bound := g.scenario.Bound(checkers.PropertyCompleteness, g.bounds.Agreement)
		all = append(all, checkers.NewMembership(bound).RestAfter(g.bounds.Agreement), g.settled())
	}
	return all
}

// remembers reports whether the steps of every member table are checked. memberlist's rules would not
// pass: it forgets a member's incarnation with the member, so that a table from before the death
// brings the dead back (hashicorp/memberlist issue 312).
func (g *group) remembers() bool {
	return g.scenario.Servers <= pairwise && g.scenario.Group.Rules == scenarios.Butterfly
}

// forgets reports whether members are held to forget who is gone: not where a death is final.
func (g *group) forgets() bool { return g.remembers() && !g.config.FinalDeath }

// meters returns who measures what the plan is about. They hold the group to their bounds if it is
// held to any.
func (g *group) meters() []checkers.Checker {
	s := &g.scenario
	var bounds Bounds // of 0: nothing is promised
	if g.promised {
		bounds = g.bounds
	}
	if !detectable(s) {
		bounds.Detection = 0
	}
	bounds = byHand(s, bounds)
	var all []checkers.Checker
	if slow, found := struck(s, blocks); found {
		since := clock.At(first(s, scenarios.Block).Duration())
		all = append(all, checkers.NewSlow(slow, since))
	} else {
		all = append(all, checkers.NewDetection(bounds.Detection))
	}
	if suffers(s, splits) {
		all = append(all, checkers.NewHealing(healWithin, bounds.Heal))
	}
	if s.LossPPM > 0 || aboutLoss(s) {
		all = append(all, checkers.NewAccusations(g.mistakes))
	}
	if s.Group.UpdateAt > 0 {
		all = append(all, checkers.NewSpread(knownWithin, bounds.Spread))
	}
	if s.Group.JoinEvery > 0 {
		all = append(all, checkers.NewGroup())
	}
	return all
}

// byHand returns the bounds with those that have been set in the place of those that follow from the
// configuration. A group that is held to none is held to these.
func byHand(s *scenarios.Scenario, b Bounds) Bounds {
	b.Detection = s.Bound(checkers.PropertyDetectionBound, b.Detection)
	b.Heal = s.Bound(checkers.PropertyPartitionHeals, b.Heal)
	b.Spread = s.Bound(checkers.PropertyUpdateSpreads, b.Spread)
	return b
}

// situationSettled has one name in all runs, though how long is long enough depends on the plan: a
// hunt counts situations by name over many seeds.
const situationSettled = "the run goes on for long enough after the last fault"

// settled declares that the run must go on long enough after its last fault to be judged.
func (g *group) settled() checkers.Checker {
	need := g.scenario.Healed().Duration() + max(g.bounds.Settle(&g.scenario), g.scenario.LongestBound())
	return checkers.Sometimes(situationSettled, checkers.Ended,
		func(o *checkers.Observation, _ checkers.View) bool { return o.At.Since() >= need })
}
