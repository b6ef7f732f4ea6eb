package cluster

import (
	"fmt"
	"strings"
	"time"

	"butterfly/checkers"
)

// term is one of those that a bound is the sum of.
type term struct {
	name string
	span time.Duration
}

type terms []term

// String prints the terms that apply: "12s first probe + 28s suspicion".
func (t terms) String() string {
	var applying []string
	for _, term := range t {
		if term.span > 0 {
			applying = append(applying, fmt.Sprintf("%v %s", term.span, term.name))
		}
	}
	return strings.Join(applying, " + ")
}

// detectionTerms are those of Detection.
func (b *Bounds) detectionTerms() terms {
	d := &b.Detection
	return terms{
		{"first probe", d.FirstProbe}, {"verdict", d.Verdict}, {"suspicion", d.Suspicion},
		{"spread", d.Spread}, {"repair", d.Repair},
	}
}

// gapTerms are those of Gap, with what is not the detection itself told apart from it.
func (b *Bounds) gapTerms() terms {
	return terms{
		{"detection", b.Detection.Total()}, {"rumour", b.Rumour}, {"pause", b.Pause}, {"join", b.Join},
		{"interval", b.Gap.Interval}, {"timeout", b.Gap.Timeout}, {"offset", b.Gap.Offset},
	}
}

// GapLines prints the bound of the headline promise with its terms, for people: the detection that it
// begins with, and all of it.
func (b *Bounds) GapLines() []string {
	gap := fmt.Sprintf("an origin is probed again within %v = %v", b.Gap.Total(), b.gapTerms())
	if extra := b.Extra(1); extra > 0 {
		gap += fmt.Sprintf(", on a side of one server %v later", extra)
	}
	return []string{
		fmt.Sprintf("a crash is known to all within %v = %v", b.Detection.Total(), b.detectionTerms()),
		gap,
	}
}

// Lines prints the bounds for people, one a line.
func (b *Bounds) Lines() []string {
	return append(b.GapLines(),
		fmt.Sprintf("news reaches every replica within %v", b.Spread),
		fmt.Sprintf("everything has settled %v after the last fault", b.Settle()),
	)
}

// statement puts the bound of the headline promise into the report of every run, beside the longest
// gap that it measures:
//
//	gap_bound_seconds            the bound, on a side that has lost nobody
//	gap_bound_detection_seconds  the first term of it, and so for the others; absent if it does not
//	                             apply
//	gap_bound_alone_seconds      how much longer it may take a server that is alone on its side
type statement struct {
	bounds *Bounds
	gap    time.Duration // the bound, set by hand or not
}

// Watches implements [checkers.Checker].
func (s statement) Watches() checkers.Kind { return checkers.Ended }

// Observe implements [checkers.Checker].
func (s statement) Observe(
	_ *checkers.Observation, _ checkers.View, report *checkers.Report,
) {
	report.MetricSeconds("gap_bound_seconds", s.gap)
	report.MetricSeconds("gap_bound_alone_seconds", s.bounds.Extra(1))
	for _, term := range s.bounds.gapTerms() {
		if term.span > 0 {
			report.MetricSeconds("gap_bound_"+term.name+"_seconds", term.span)
		}
	}
}
