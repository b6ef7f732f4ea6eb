package cluster

import (
	"time"

	"butterfly/checkers"
	"butterfly/node/health"
	"butterfly/scenarios"
)

// slack is how much later than its interval and its time-out allow a probe may come without
// anything being wrong.
const slack = 250 * time.Millisecond

// NewGaps returns a collection for [Options.Gaps] of one run of a scenario, still empty.
func NewGaps(s *scenarios.Scenario) *checkers.CauseGaps {
	usual := usualGap(definitions(s))
	return checkers.NewCauseGaps(func(uint32) time.Duration { return usual })
}

// usualGap is how long an origin may go unprobed while nothing happens, by whichever of the
// definitions it is checked.
func usualGap(definitions []health.Definition) (longest time.Duration) {
	for i := range definitions {
		d := &definitions[i]
		longest = max(longest, d.Interval+d.Jitter+d.Timeout)
	}
	return longest + slack
}
