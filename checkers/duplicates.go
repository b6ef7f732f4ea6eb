package checkers

import (
	"time"

	"butterfly/sim/clock"
)

// Duplicates checks duplicates-die-out: at rest no origin is checked by two or more servers of one
// side. Duplicates during faults are the price of never leaving an origin unchecked; this measures
// it:
//
//	duplicate_probe_seconds    origin-seconds during which two or more live servers of one side were
//	                           checking the same origin; an origin counts once per such side
//	overlap_crash_seconds      those of them that came of a crash, and so for each [Cause]; absent
//	                           if there were none. What happened within the bound before counts
//	doubled_crash_count        how many overlaps these are, and so for each Cause. One that goes on
//	                           through a cut is one, and may be on several sides
//	doubled_crash_p50_seconds  how long one of them lasted, at the median; _p99_ and _max_ as well
//	overlap_ratio              checkers beyond the first of a side, per origin that is to be
//	                           checked: the mean over the run. 1 more than that is what may be probed
//	probes_per_origin_second   probes per origin that is to be checked, and second
//	probes_total               probes started
//
// It keeps 53 bytes per origin, 4 more per checker of one, and 8 per overlap.
type Duplicates struct {
	rest     rest
	overlaps overlaps
	wanted   wanted
}

// NewDuplicates returns a checker. Rest begins bound after the last fault.
func NewDuplicates(bound time.Duration, origins Origins) *Duplicates {
	return &Duplicates{
		rest: rest{bound: bound}, overlaps: newOverlaps(origins.Count, bound),
		wanted: newWanted(origins),
	}
}

// Watches implements [Checker].
func (d *Duplicates) Watches() Kind { return overlapping | Healed | Ended }

// Observe implements [Checker].
func (d *Duplicates) Observe(o *Observation, view View, report *Report) {
	d.rest.observe(o)
	d.judgeAll(o, report)
	began := d.overlaps.observe(o, view)
	if began && d.rest.demanded(o.At) {
		d.judge(o, report)
	}
	d.wanted.observe(o)
	if o.Kind == Ended {
		d.finish(o.At, view.Probes(), report)
	}
}

// judgeAll judges the state in which rest begins; from there on only new checkers need judging.
func (d *Duplicates) judgeAll(o *Observation, report *Report) {
	if o.Kind&(Event|Ended) == 0 || !d.rest.begins(o.At) || d.overlaps.total() == 0 {
		return
	}
	for origin := range uint32(len(d.wanted.is)) {
		d.overlaps.eachDouble(origin, func(side, _ int) { d.violate(o.At, origin, side, report) })
	}
}

// judge judges a new checker.
func (d *Duplicates) judge(o *Observation, report *Report) {
	origin, side := o.Event.Subject, d.overlaps.sideOf(o.Host)
	if d.overlaps.count(origin, side) >= 2 {
		d.violate(o.At, origin, side, report)
	}
}

func (d *Duplicates) violate(at clock.Time, origin uint32, side int, report *Report) {
	report.Violate(PropertyDuplicates, at,
		"origin %d is checked by %s of one side at %v, at rest since %v (%v after %v)",
		origin, d.overlaps.duties.on(side, origin, d.overlaps.sideOf), at,
		d.rest.calm.Add(d.rest.bound), d.rest.bound, d.rest.calm)
}

func (d *Duplicates) finish(at clock.Time, probes uint64, report *Report) {
	d.overlaps.finish(at)
	d.wanted.advance(at)
	var doubled time.Duration
	for cause, span := range d.overlaps.spans {
		doubled += span
		if span > 0 {
			report.MetricSeconds("overlap_"+Cause(cause).String()+"_seconds", span)
		}
		d.overlaps.lengths[cause].measure("doubled_"+Cause(cause).String(), report)
	}
	report.MetricSeconds("duplicate_probe_seconds", doubled)
	report.Metric("probes_total", float64(probes))
	if span := float64(d.wanted.microseconds); span > 0 {
		report.Metric("probes_per_origin_second", float64(probes)/(span/1e6))
		report.Metric("overlap_ratio", float64(d.overlaps.excessMicroseconds)/span)
	}
}
