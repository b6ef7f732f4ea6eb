package checkers

import (
	"slices"

	"butterfly/node"
)

// Accusations measures how often a probe accuses a member that is up: (1-q^2)(1-q^4)^k per probe by
// SWIM, section 3.1, where q is the share of datagrams delivered and k the number of helpers asked.
// It promises nothing.
//
// A probe counts when its target was up and on the prober's side, from its beginning until the
// verdict. It failed if the prober said so (ProbeFailed), whatever it held the target to be; it did
// not if the prober began another one instead. One still open at the end of the run or of its
// prober does not count.
//
// The metrics are probes and failed_probes, how many counted and how many of these failed, and
// false_suspicions_per_probe, the share of the second in the first, absent without a probe.
type Accusations struct {
	open []node.ID // by prober: the target of its probe that counts, Nobody if there is none

	probes, failed int
}

// NewAccusations returns a checker.
func NewAccusations() *Accusations { return new(Accusations) }

// Watches implements [Checker].
func (a *Accusations) Watches() Kind { return Event | topology | Ended }

// Observe implements [Checker].
func (a *Accusations) Observe(o *Observation, view View, report *Report) {
	switch o.Kind {
	case Event:
		a.event(o, view)
	case HostUp, HostDown:
		a.fit(view.Hosts())
		a.drop(o.Host)
	case Reachability:
		a.dropCut(view)
	case Ended:
		a.measure(report)
	}
}

func (a *Accusations) fit(hosts int) {
	if hosts != len(a.open) {
		a.open = slices.Repeat([]node.ID{node.Nobody}, hosts)
	}
}

// drop forgets the probes by and of a host that begins or ends a life.
func (a *Accusations) drop(host node.ID) {
	a.open[host] = node.Nobody
	for prober, target := range a.open {
		if target == host {
			a.open[prober] = node.Nobody
		}
	}
}

// dropCut forgets the probes across a cut.
func (a *Accusations) dropCut(view View) {
	for prober, target := range a.open {
		if target != node.Nobody && view.Side(node.ID(prober)) != view.Side(target) {
			a.open[prober] = node.Nobody
		}
	}
}

func (a *Accusations) event(o *Observation, view View) {
	target := node.ID(o.Event.Subject)
	switch o.Event.Kind {
	case node.MemberProbed:
		a.close(o.Host, false)
		if view.Up(target) && view.Side(target) == view.Side(o.Host) {
			a.open[o.Host] = target
		}
	case node.ProbeFailed:
		a.close(o.Host, true)
	}
}

// close ends the probe that prober has open, if it counts.
func (a *Accusations) close(prober node.ID, failed bool) {
	if a.open[prober] != node.Nobody {
		a.probes++
		a.failed += oneIf(failed)
	}
	a.open[prober] = node.Nobody
}

func (a *Accusations) measure(report *Report) {
	report.Metric("probes", float64(a.probes))
	report.Metric("failed_probes", float64(a.failed))
	if a.probes > 0 {
		report.Metric("false_suspicions_per_probe", float64(a.failed)/float64(a.probes))
	}
}
