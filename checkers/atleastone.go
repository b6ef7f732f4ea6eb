package checkers

import (
	"fmt"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// scansPerBound is how often within one bound AtLeastOne looks for origins that nobody probes at
// all.
const scansPerBound = 8

// Coverage is the promise [AtLeastOne] holds a cluster to.
type Coverage struct {
	// Origins is how many origins there are, numbered from 0.
	Origins int
	// Configured is how many of them all servers know from the start, the first ones; 0 for all.
	// The others are owed a probe while they are registered.
	Configured int
	// Seeds are the servers through which all others come to know of each other; see [Origins].
	Seeds []node.ID
	// Bound is how long an origin may go unprobed on a side.
	Bound time.Duration
	// Terms says what Bound is the sum of, for violations: "detection 12s + interval 5s".
	Terms string
	// Extra is how much longer it may take a side of so few live servers; nil for no longer.
	Extra func(servers int) time.Duration
	// Registration is how much longer it may take from when an origin is registered on a side, and
	// from each change of owner of one that has been: the news has to reach the owner. It is also
	// how long that takes at most. 0 for no time.
	Registration time.Duration
	// Grace is how long a server takes after its start until it probes what it owns; 0 for no time.
	Grace time.Duration
	// Owner is the placement. An origin it gives to nobody is not owed a probe.
	Owner Owner
	// Causes, when set, is told of the gaps.
	Causes *CauseGaps
}

// bound is how long an origin may go unprobed on a side of so many live servers.
func (c *Coverage) bound(servers int) time.Duration {
	if c.Extra == nil {
		return c.Bound
	}
	return c.Bound + c.Extra(servers)
}

// AtLeastOne checks at-least-one-checker, the headline promise: on every side of the network every
// origin that is to be checked is probed by some live server of that side within the bound. A side
// without a live server owes nothing, and none owes a probe of an origin that none of its servers
// is sure to know of: one registered or removed on another side, since the two were last one.
//
// The gap of an origin on a side is the time since the latest of
//   - the last probe by a server of this side, or of the sides it came from: halves inherit what
//     the whole had, and a whole the later of what its parts had;
//   - the last time the origin's owner among the side's live servers changed because of a crash, a
//     start, a cut or a join: from then on others have to notice first;
//   - that new owner's start plus the grace;
//   - the time the side came to owe the origin at all, plus the time news takes.
//
// Gaps are judged at each probe, whenever sides change, at the end, and in between often enough
// that an origin nobody probes is found soon after it is overdue. The clock of a missed origin
// starts again, so each further bound without a probe counts as one more violation.
//
// It measures longest_gap_seconds: the longest time between two consecutive probes of an origin on
// a side, or from the last one to the end of the run or the side, whatever the topology did
// meanwhile; [AtLeastOne.Longest] tells whose it was.
//
// A probe costs one array access and no allocation. Memory is 24 bytes per side and origin, and 4
// per origin.
type AtLeastOne struct {
	promise  Coverage
	lineages []*lineage   // the sides of now
	lineage  []*lineage   // by host, nil while down
	started  []clock.Time // by host: start of its present life
	fresh    []bool       // by host: in a new life since sides were last formed
	pending  topologyChange
	nextScan clock.Time
	longest  Gap
	registry registry

	candidates []node.ID // scratch
}

// NewAtLeastOne returns a checker of promise.
func NewAtLeastOne(promise Coverage) *AtLeastOne {
	origins := Origins{promise.Origins, promise.Configured, promise.Seeds}
	return &AtLeastOne{promise: promise, registry: newRegistry(origins, promise.Registration)}
}

// Watches implements [Checker].
func (a *AtLeastOne) Watches() Kind {
	return ProbeStarted | ordering | a.promise.Causes.watches() | Ended
}

// Longest returns the longest gap so far between two consecutive probes. It is complete when the
// run has ended.
func (a *AtLeastOne) Longest() Gap { return a.longest }

// Observe implements [Checker].
func (a *AtLeastOne) Observe(o *Observation, view View, report *Report) {
	switch o.Kind {
	case ProbeStarted:
		if o.At >= a.nextScan {
			a.catchUp(o.At, report)
		}
		a.probe(o, report)
	case Ended:
		a.catchUp(o.At, report)
		a.finish(o.At, report)
	default:
		a.formBefore(o.At, report)
		a.registry.observe(o, view)
		a.promise.Causes.observe(o, view)
		a.change(o, view, report)
	}
}

// change takes what changes the sides, or what they owe.
func (a *AtLeastOne) change(o *Observation, view View, report *Report) {
	switch o.Kind {
	case HostUp:
		a.fit(view.Hosts())
		a.started[o.Host], a.fresh[o.Host] = o.At, true
	case Reachability:
		a.fit(view.Hosts())
		a.pending.take(o.At, view)
		a.nextScan = o.At
	case OriginRegistered:
		a.catchUp(o.At, report)
		a.ordered(o)
	}
}

// ordered starts and stops the clocks of an origin by an operator's word.
func (a *AtLeastOne) ordered(o *Observation) {
	for number, side := range a.lineages {
		c := &side.cells[o.Origin]
		owes := c.owner != node.Nobody && a.registry.demandOn(number, o.Origin) == owed
		switch {
		case !owes:
			a.closeCell(side, o.Origin, o.At)
			c.since = clock.Never
		case c.since == clock.Never:
			c.begin(o.At, a.promise.Registration)
		}
	}
}

func (a *AtLeastOne) probe(o *Observation, report *Report) {
	side := a.lineage[o.Host]
	if side == nil {
		return
	}
	c := &side.cells[o.Origin]
	if c.since != clock.Never {
		a.judge(o, side, c, report)
		c.since = max(c.since, o.At)
	}
	c.probed, c.by = o.At, o.Host
}

// judge holds an owed probe against the promise, and measures the gap that it ends.
func (a *AtLeastOne) judge(o *Observation, side *lineage, c *cell, report *Report) {
	if o.At.Sub(c.since) > side.bound {
		a.violate(o.At, side, o.Origin, report)
	}
	gap := o.At.Sub(c.probed)
	if gap > a.longest.Length() {
		a.longest = side.gap(o.Origin, o.At, o.Host)
	}
	if c.by != o.Host && c.by != node.Nobody && a.lineage[c.by] == nil {
		report.Saw(SituationTakeover)
	}
	if a.promise.Causes.counts(o.Origin, gap) {
		a.promise.Causes.ended(side, o)
	}
}

func (a *AtLeastOne) violate(at clock.Time, side *lineage, origin uint32, report *Report) {
	c := &side.cells[origin]
	terms := a.promise.Terms
	if extra := side.bound - a.promise.Bound; extra > 0 {
		terms += fmt.Sprintf(" + %v on so small a side", extra)
	}
	report.Violate(PropertyAtLeastOne, c.since.Add(side.bound),
		"origin %d went unprobed for %v, from %v to %v, on a side of %s where host %d owns "+
			"it (%v); the bound is %v = %s", origin, at.Sub(c.since), c.since, at,
		servers(len(side.hosts)), c.owner, lastProbe(*c), side.bound, terms)
}

// catchUp forms the sides that are waiting to be formed, and looks at every origin.
func (a *AtLeastOne) catchUp(at clock.Time, report *Report) {
	if a.pending.waiting {
		a.scan(a.pending.at, report)
		a.form()
	}
	a.scan(at, report)
	a.nextScan = at.Add(max(a.promise.Bound/scansPerBound, 1))
}

// formBefore forms the sides that waited until before the given instant. Those of one instant are
// formed once, however many hosts started in it.
func (a *AtLeastOne) formBefore(at clock.Time, report *Report) {
	if a.pending.waiting && a.pending.at < at {
		a.catchUp(a.pending.at, report)
	}
}

// scan finds the origins that are overdue and starts their clocks again.
func (a *AtLeastOne) scan(at clock.Time, report *Report) {
	for _, side := range a.lineages {
		for origin := range side.cells {
			if c := &side.cells[origin]; at.Sub(c.since) > side.bound {
				a.violate(at, side, uint32(origin), report)
				c.since = at
			}
		}
	}
}

func (a *AtLeastOne) fit(hosts int) {
	if hosts == len(a.lineage) {
		return
	}
	a.lineage = make([]*lineage, hosts)
	a.started, a.fresh = make([]clock.Time, hosts), make([]bool, hosts)
}

func (a *AtLeastOne) finish(at clock.Time, report *Report) {
	for _, side := range a.lineages {
		a.close(side, at)
	}
	report.MetricSeconds("longest_gap_seconds", a.longest.Length())
	a.promise.Causes.measure(report)
}

// close measures the gaps that are open when a side or the run ends.
func (a *AtLeastOne) close(side *lineage, at clock.Time) {
	for origin := range side.cells {
		a.closeCell(side, uint32(origin), at)
	}
}

func (a *AtLeastOne) closeCell(side *lineage, origin uint32, at clock.Time) {
	c := &side.cells[origin]
	if c.since != clock.Never && at.Sub(c.probed) > a.longest.Length() {
		a.longest = side.gap(origin, at, node.Nobody)
	}
}
