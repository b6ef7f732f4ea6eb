package group

import (
	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
)

// expectations declares what a run of a plan has to show to be worth anything.
type expectations []string

// certainPeriods is for how many protocol periods a member that does not answer has been probed by
// somebody, and suspected, as good as certainly: none of n members does so in one with a chance of
// 1/e (SWIM, section 3.1), and of half of them with one of 1/sqrt(e). That makes 1 in 13,000 here.
const certainPeriods = 19

// expected returns what the plan cannot fail to bring about, if there is somebody to notice: a run in
// which nobody is left proves nothing.
func (g *group) expected() (e expectations) {
	s := &g.scenario
	if _, found := struck(s, forGood); found {
		e = append(e, checkers.SituationDetected)
	}
	if suffers(s, splits) {
		e = append(e, checkers.SituationCutEnded)
	}
	if s.Group.UpdateAt > 0 {
		e = append(e, checkers.SituationDescribed)
	}
	return e
}

// accuses reports whether somebody who lives has to be accused: because the plan is about lost
// datagrams and no probe ends on a stream, or for want of an answer for long enough, at one time or
// at several.
func (g *group) accuses() bool {
	s := &g.scenario
	period := g.config.ProbeInterval
	silent := silences(s, period) >= certainPeriods*period
	lossy := aboutLoss(s) || len(s.Faults) == 0 && s.Group.UpdateAt == 0 && s.LossPPM > 0
	return silent || lossy && !g.config.StreamProbe
}

// aboutLoss reports whether nothing happens in the plan but that datagrams get lost, or might.
func aboutLoss(s *scenarios.Scenario) bool {
	return len(s.Faults) == 0 && s.Group.UpdateAt == 0 && s.Group.JoinEvery == 0
}

// situationAccused: without suspicion a failed probe is a death at once.
const situationAccused = "a member was suspected or declared dead"

func accused() checkers.Checker {
	return checkers.Sometimes(situationAccused, checkers.Event,
		func(o *checkers.Observation, _ checkers.View) bool {
			return o.Event.Kind == node.MemberSuspect || o.Event.Kind == node.MemberDead
		})
}

// Watches implements [checkers.Checker].
func (e expectations) Watches() checkers.Kind { return checkers.Ended }

// Observe implements [checkers.Checker].
func (e expectations) Observe(_ *checkers.Observation, _ checkers.View, r *checkers.Report) {
	for _, situation := range e {
		r.Declare(situation)
	}
}
