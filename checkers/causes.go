package checkers

import (
	"slices"
	"time"

	"butterfly/node"
)

// CauseGaps sorts the gaps between the probes of an origin on one side by what they come of.
// [AtLeastOne] tells it of them, if its promise names it. A gap counts if it is longer than usual
// and ends in a probe. Its cause is the first of these that happened in it:
//
//	registration  an operator spoke of the origin
//	crash         the last prober went down
//	pause         the last prober stood still
//	uplink        the last prober had no uplink
//	partition     the side was cut, or joined with another
//	join          the next prober came up, or the whole side did
//	flapping      none: views differed
//
// For each cause of a gap it measures gap_crash_count, gap_crash_p50_seconds, gap_crash_p99_seconds
// and gap_crash_max_seconds, and so on.
//
// It keeps 24 bytes per gap that counts, 8 per origin and a few per host.
type CauseGaps struct {
	usual  func(origin uint32) time.Duration
	upsets disturbances
	gaps   []CauseGap
}

// CauseGap is one gap without a probe.
type CauseGap struct {
	Cause Cause
	// Gap is how long it was, Bound how long it might have been.
	Gap, Bound time.Duration
}

// NewCauseGaps returns a collection for one run, still empty. usual is how long an origin may go
// unprobed without anything being wrong: its interval with jitter, its timeout, and some slack.
func NewCauseGaps(usual func(origin uint32) time.Duration) *CauseGaps {
	return &CauseGaps{usual: usual}
}

// Rows returns the gaps that counted, in the order in which they ended. It is complete when the run
// has ended; the caller must not modify it.
func (g *CauseGaps) Rows() []CauseGap { return g.gaps }

// watches is the set of kinds to be shown; none without a collection.
func (g *CauseGaps) watches() Kind {
	if g == nil {
		return 0
	}
	return disturbing
}

func (g *CauseGaps) observe(o *Observation, view View) {
	if g != nil {
		g.upsets.observe(o, view)
	}
}

// counts reports whether a gap without a probe of an origin is to be taken; none without a collection.
func (g *CauseGaps) counts(origin uint32, gap time.Duration) bool {
	return g != nil && gap > g.usual(origin)
}

// ended takes the gap that a probe is about to end.
func (g *CauseGaps) ended(side *lineage, o *Observation) {
	gap := side.gap(o.Origin, o.At, o.Host)
	g.gaps = append(g.gaps, CauseGap{g.causeOf(gap), gap.Length(), side.bound})
}

func (g *CauseGaps) causeOf(gap Gap) Cause {
	h := &g.upsets
	switch from := gap.From; {
	case h.ordered(gap.Origin) >= from:
		return Registration
	case gap.Before == node.Nobody:
		return Join
	case h.down[gap.Before] >= from:
		return Crash
	case h.stalled[gap.Before] >= from:
		return Pause
	case h.offline[gap.Before] >= from:
		return LostUplink
	case h.disturbed(gap.After) >= from:
		return Partition
	case h.started(gap.After) >= from:
		return Join
	}
	return Flapping
}

func (g *CauseGaps) measure(report *Report) {
	if g == nil {
		return
	}
	for cause := range causes {
		var spans samples
		for _, gap := range g.gaps {
			if gap.Cause == cause {
				spans.add(gap.Gap)
			}
		}
		spans.measure("gap_"+cause.String(), report)
	}
}

// measure reports how many samples there are, and if there are any, how they are distributed.
func (s samples) measure(name string, report *Report) {
	if len(s) == 0 {
		return
	}
	slices.Sort(s)
	report.Metric(name+"_count", float64(len(s)))
	report.MetricSeconds(name+"_p50_seconds", s.quantile(50))
	report.MetricSeconds(name+"_p99_seconds", s.quantile(99))
	report.MetricSeconds(name+"_max_seconds", s.quantile(100))
}
