package main

import (
	"time"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/cluster"
)

// slack is how much later than its interval and its time-out allow a probe may come without anything
// being wrong.
const slack = 250 * time.Millisecond

// newGaps returns a collection for a run of a scenario, nil if it is not that of a single cluster.
func newGaps(s *scenarios.Scenario) *checkers.CauseGaps {
	if s.Origins == 0 || s.Datacenters > 0 {
		return nil
	}
	usual := usualGap(s)
	return checkers.NewCauseGaps(func(uint32) time.Duration { return usual })
}

// usualGap is how long an origin may go unprobed while nothing happens, however it is checked.
func usualGap(s *scenarios.Scenario) (longest time.Duration) {
	definitions := cluster.Config(s).Health.Definitions
	for i := range definitions {
		d := &definitions[i]
		longest = max(longest, d.Interval+d.Jitter+d.Timeout)
	}
	return longest + slack
}
