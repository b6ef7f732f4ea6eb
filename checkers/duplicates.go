package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Duplicates checks duplicates-die-out: at rest no origin is checked by two or more servers of one
// side. Duplicates during faults are the price of never leaving an origin unchecked; this measures
// it:
//
//	duplicate_probe_seconds    origin-seconds during which two or more live servers of one side were
//	                           checking the same origin; an origin counts once per such side
//	probes_per_origin_second   probes / origins / length of the run
//	probes_total               probes started
type Duplicates struct {
	rest    rest
	duties  duties
	side    []int // by host, -1 for down
	probes  uint64
	doubled int        // pairs of side and origin with two or more checkers
	counted clock.Time // doubledTime is complete up to here
	// doubledTime is the integral of doubled over time. An hour of 10,000 doubled origins is 2^55.
	doubledTime time.Duration
}

// NewDuplicates returns a checker for origins 0 to origins-1. Rest begins bound after the last
// fault.
func NewDuplicates(bound time.Duration, origins int) *Duplicates {
	return &Duplicates{rest: rest{bound: bound}, duties: newDuties(origins)}
}

// Watches implements [Checker].
func (d *Duplicates) Watches() Kind { return ProbeStarted | Event | topology | Healed | Ended }

// Observe implements [Checker].
func (d *Duplicates) Observe(o *Observation, view View, report *Report) {
	if o.Kind == ProbeStarted {
		d.probes++
		return
	}
	d.rest.observe(o)
	switch o.Kind {
	case HostDown:
		d.advance(o.At)
		d.duties.crashed(o.Host)
	case Reachability:
		d.advance(o.At)
		d.regroup(view)
	case Event:
		d.event(o, report)
	case Ended:
		d.judgeAll(o.At, report)
		d.finish(o.At, report)
	}
}

func (d *Duplicates) event(o *Observation, report *Report) {
	switch origin := o.Event.Subject; o.Event.Kind {
	case node.CheckBegan:
		d.judgeAll(o.At, report)
		if d.duties.began(o.Host, origin) {
			d.began(o, origin, report)
		}
	case node.CheckEnded:
		d.judgeAll(o.At, report)
		if d.duties.ended(o.Host, origin) && d.count(origin, d.sideOf(o.Host)) == 1 {
			d.advance(o.At)
			d.doubled--
		}
	}
}

func (d *Duplicates) began(o *Observation, origin uint32, report *Report) {
	count := d.count(origin, d.sideOf(o.Host))
	if count == 2 {
		d.advance(o.At)
		d.doubled++
	}
	if count >= 2 && d.rest.demanded(o.At) {
		d.violate(o.At, origin, d.sideOf(o.Host), report)
	}
}

// judgeAll judges the state in which rest begins; from there on only new checkers need judging.
func (d *Duplicates) judgeAll(at clock.Time, report *Report) {
	if !d.rest.begins(at) || d.doubled == 0 {
		return
	}
	d.eachDouble(func(origin uint32, side int) { d.violate(at, origin, side, report) })
}

func (d *Duplicates) violate(at clock.Time, origin uint32, side int, report *Report) {
	report.Violate(PropertyDuplicates, at,
		"origin %d is checked by %s of one side at %v, at rest since %v (%v after %v)",
		origin, d.duties.on(side, origin, d.sideOf), at,
		d.rest.calm.Add(d.rest.bound), d.rest.bound, d.rest.calm)
}

// advance brings the integral up to a moment at which doubled is about to change.
func (d *Duplicates) advance(at clock.Time) {
	d.doubledTime += time.Duration(d.doubled) * at.Sub(d.counted)
	d.counted = at
}

// regroup takes over the sides from view and counts anew.
func (d *Duplicates) regroup(view View) {
	d.side = d.side[:0]
	for host := range view.Hosts() {
		d.side = append(d.side, view.Side(node.ID(host)))
	}
	d.doubled = 0
	d.eachDouble(func(uint32, int) { d.doubled++ })
}

// eachDouble calls yield for every pair of origin and side with two or more checkers, in order of
// origin.
func (d *Duplicates) eachDouble(yield func(origin uint32, side int)) {
	for origin, hosts := range d.duties.checkers {
		for i, host := range hosts {
			// The second checker on a side stands for the pair.
			if side := d.sideOf(host); side >= 0 && d.countAmong(hosts[:i], side) == 1 {
				yield(uint32(origin), side)
			}
		}
	}
}

func (d *Duplicates) count(origin uint32, side int) int {
	return d.countAmong(d.duties.checkers[origin], side)
}

// countAmong returns how many of hosts are on side, and 0 for side -1: who is down is on no side.
func (d *Duplicates) countAmong(hosts []node.ID, side int) int {
	count := 0
	for _, host := range hosts {
		if side >= 0 && d.sideOf(host) == side {
			count++
		}
	}
	return count
}

// sideOf returns the side of host at the last Reachability, -1 if it was down or unknown.
func (d *Duplicates) sideOf(host node.ID) int {
	if int(host) >= len(d.side) {
		return -1
	}
	return d.side[host]
}

func (d *Duplicates) finish(at clock.Time, report *Report) {
	d.advance(at)
	report.MetricSeconds("duplicate_probe_seconds", d.doubledTime)
	report.Metric("probes_total", float64(d.probes))
	if originSeconds := float64(len(d.duties.checkers)) * at.Seconds(); originSeconds > 0 {
		report.Metric("probes_per_origin_second", float64(d.probes)/originSeconds)
	}
}
