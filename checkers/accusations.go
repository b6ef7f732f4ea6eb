package checkers

import (
	"math/bits"
	"slices"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Accusations measures how often a probe accuses a member that is up: (1-q^2)(1-q^4)^k per probe by
// SWIM, section 3.1, where q is the share of datagrams delivered and k the number of helpers asked.
//
// few-false-accusations: no more probes fail than expected, by a quarter of that, as helpers are few
// while others are suspected, and by six standard deviations of the binomial, which luck exceeds once
// in a thousand million runs.
//
// A probe counts when its target was up and on the prober's side, from its beginning until the
// verdict. It failed if the prober said so (ProbeFailed), whatever it held the target to be; it did
// not if the prober began another one instead. One still open at the end of the run or of its
// prober does not count.
//
// The metrics are probes and failed_probes, how many counted and how many of these failed, and
// false_suspicions_per_probe, the share of the second in the first, absent without a probe.
type Accusations struct {
	chance rng.PPM   // of a probe that counts to fail; 0 promises nothing
	open   []node.ID // by prober: the target of its probe that counts, Nobody if there is none

	probes, failed int
}

// NewAccusations returns a checker. chance is how likely a probe of a member that is up is to fail, 0
// if nothing is promised.
func NewAccusations(chance rng.PPM) *Accusations { return &Accusations{chance: chance} }

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
		a.judge(o.At, report)
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

// judge compares the excess over what is expected with six standard deviations, both squared, in
// millionths of a probe.
func (a *Accusations) judge(at clock.Time, report *Report) {
	const deviations = 6
	expected := uint64(a.probes) * uint64(a.chance)
	failed, tolerated := uint64(a.failed)*uint64(rng.Always), expected+expected/4
	if a.chance == 0 || failed <= tolerated {
		return
	}
	high, low := bits.Mul64(failed-tolerated, failed-tolerated)
	mostHigh, mostLow := bits.Mul64(deviations*deviations*expected, uint64(rng.Always-a.chance))
	if high > mostHigh || high == mostHigh && low > mostLow {
		report.Violate(PropertyFewAccusations, at,
			"%d of %d probes of members that were up have failed, expected %d at a chance of %v",
			a.failed, a.probes, expected/uint64(rng.Always), a.chance)
	}
}

func (a *Accusations) measure(report *Report) {
	report.Metric("probes", float64(a.probes))
	report.Metric("failed_probes", float64(a.failed))
	if a.probes > 0 {
		report.Metric("false_suspicions_per_probe", float64(a.failed)/float64(a.probes))
	}
}
