package cluster

import (
	"slices"
	"time"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
)

// mostDriftPPM keeps sums of rates below that at which a clock stands still, as package world does.
const mostDriftPPM = 900_000

// drift is by how much a clock of the plan runs wrong at most, in millionths, either way. Faults that
// overlap on a host add up.
func drift(faults []scenarios.Fault) (ppm int) {
	for i := range faults {
		if f := &faults[i]; f.RatePPM != 0 {
			for _, id := range f.Hosts {
				ppm = max(ppm, driftOf(faults, id, f))
			}
		}
	}
	return min(ppm, mostDriftPPM)
}

// driftOf is that of one host while f lasts.
func driftOf(faults []scenarios.Fault, id node.ID, f *scenarios.Fault) (ppm int) {
	for i := range faults {
		g := &faults[i]
		if g.RatePPM != 0 && g.At <= f.End() && f.At <= g.End() && slices.Contains(g.Hosts, id) {
			ppm += max(g.RatePPM, -g.RatePPM)
		}
	}
	return ppm
}

// lag is by how much what is promised takes longer by the slowest clock of the plan: all promises are
// sums of spans that servers measure.
func (b *Bounds) lag(faults []scenarios.Fault) time.Duration {
	return later(b.Detection.Total()+b.Alone+b.Heal+b.Spread+b.Join, drift(faults))
}

// bySlowest is how long a span takes by the slowest clock of the run.
func (c *cluster) bySlowest(span time.Duration) time.Duration {
	return span + later(span, drift(c.scenario.Faults))
}

// byFastest is how long a span takes by the fastest clock of the run.
func (c *cluster) byFastest(span time.Duration) time.Duration {
	return checkers.DriftPPM(drift(c.scenario.Faults)).Earliest(span)
}

// later is by how much longer a span takes by a clock that is so slow.
func later(span time.Duration, ppm int) time.Duration {
	slow := time.Duration(ppm)
	return span * slow / (1_000_000 - slow)
}
