package checkers

import (
	"time"

	"butterfly/node"
)

// Detection measures how long crashes take to be noticed. Awaited are the hosts that were on the
// crashed host's side and held it to be a member when it went down, and that have been up since. A
// crash is detected first when a host of that side says dead, and in full from when on nobody
// awaited holds the crashed host to be a member: one that has noticed and takes the crashed host
// back is awaited again. A host that left or yielded before it went down did not crash.
//
// detection-bound: a crash is detected in full within the bound. Unlike membership-completeness it
// makes no allowance, for cuts or for news of the crashed host that was still on its way: it is the
// sharper one, for runs that contain crashes only. A crash is not held to it if the host comes
// back, or the run ends, within the bound.
//
// Its metrics: first_detection_seconds and full_detection_seconds, the means over the crashes that
// were so detected, absent without one; undetected_crashes, those not detected in full by when the
// host came back or the run ended; and false_deaths as [Membership] has it.
//
// It keeps a byte per pair of hosts.
type Detection struct {
	bound      time.Duration
	crashes    crashes
	fulls      samples
	undetected int
}

// NewDetection returns a checker. bound is how long noticing a crash may take, the longest pause
// included; 0 promises nothing.
func NewDetection(bound time.Duration) *Detection { return &Detection{bound: bound} }

// Watches implements [Checker].
func (d *Detection) Watches() Kind { return Event | topology | Ended }

// Observe implements [Checker].
func (d *Detection) Observe(o *Observation, view View, report *Report) {
	switch o.Kind {
	case Event:
		d.event(o, report)
	case HostUp:
		d.crashes.fit(view.Hosts())
		d.closeOutage(o, o.Host, report)
		d.crashes.hostUp(o, view)
	case HostDown:
		d.crashes.hostDown(o)
	case Reachability:
		d.crashes.regroup(o, view)
	case Ended:
		for host := range d.crashes.outages {
			d.closeOutage(o, node.ID(host), report)
		}
		d.measure(report)
	}
}

func (d *Detection) event(o *Observation, report *Report) {
	switch o.Event.Kind {
	case node.MemberDead:
		d.crashes.saysDead(o, report)
	case node.Yielded:
		d.crashes.yields(o)
	case node.Founded:
		for subject := range founders(o, len(d.crashes.outages)) {
			d.crashes.opinions.set(o.Host, subject, alive, o.At)
		}
	}
	if as, says := opinionAfter(o.Event.Kind); says {
		d.holds(o, as, report)
	}
}

func (d *Detection) holds(o *Observation, as opinion, report *Report) {
	subject := node.ID(o.Event.Subject)
	d.crashes.opinions.set(o.Host, subject, as, o.At)
	crash := &d.crashes.outages[subject]
	if as.member() {
		crash.hold(o.Host)
		return
	}
	if !crash.release(o.Host, o.At) {
		return
	}
	if due := crash.at.Add(d.bound); d.demands(crash) && o.At > due {
		report.Violate(PropertyDetectionBound, due,
			"host %d holds host %d as %v only at %v, %v after its crash at %v; "+
				"by the bound %v it had until %v",
			o.Host, subject, as, o.At, o.At.Sub(crash.at), crash.at, d.bound, due)
	}
}

func (d *Detection) demands(crash *outage) bool { return d.bound > 0 && !crash.departed }

// closeOutage judges and measures an outage that is over, or that nothing more will be seen of.
func (d *Detection) closeOutage(o *Observation, host node.ID, report *Report) {
	crash := &d.crashes.outages[host]
	switch {
	case !crash.open || crash.departed:
	case crash.awaited > 0:
		d.undetected++
		d.judge(o, host, report)
	case crash.released > 0:
		d.fulls.add(crash.released.Sub(crash.at))
		report.Saw(SituationDetectedByAll)
	}
}

func (d *Detection) judge(o *Observation, host node.ID, report *Report) {
	crash := &d.crashes.outages[host]
	due := crash.at.Add(d.bound)
	if !d.demands(crash) || o.At <= due {
		return
	}
	report.Violate(PropertyDetectionBound, due,
		"%v still held host %d to be a member at %v, %v after its crash at %v; "+
			"by the bound %v there was time until %v",
		crash.awaitedHosts(), host, o.At, o.At.Sub(crash.at), crash.at, d.bound, due)
}

func (d *Detection) measure(report *Report) {
	report.Metric("false_deaths", float64(d.crashes.falseDeaths))
	report.Metric("undetected_crashes", float64(d.undetected))
	if len(d.crashes.firsts) > 0 {
		report.MetricSeconds("first_detection_seconds", d.crashes.firsts.mean())
	}
	if len(d.fulls) > 0 {
		report.MetricSeconds("full_detection_seconds", d.fulls.mean())
	}
}
