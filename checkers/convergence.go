package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Convergence checks map-convergence: when nothing was written, nothing failed and no side changed
// for the bound, all live replicas of each side have the same state, and keep it.
//
// A write counts from the moment it is made ([node.Wrote]) or its cause appears ([OriginChanged],
// or HealthChanged for one that came of a probe). While writes keep coming less than the bound
// apart nothing can be demanded of hashes, so a run that is to be judged ends with a quiet bound;
// [SituationAgreed] tells that it did. A replica that has reported no state since its host started
// is taken to be empty, with hash 0.
//
// It measures converged_after_heal_seconds, from [Healed] until all replicas of each side were first
// equal after the last change of sides, absent if they never were; and settled_seconds, from the last
// write, fault or change of sides until they were equal for good, absent if they end different.
type Convergence struct {
	rest   rest // disturbed by writes, too
	state  []uint64
	side   []int // by host, -1 for down
	sides  int   // that have a live host
	groups map[group]int

	differedAt  clock.Time // since when replicas differ; Never while they do not
	equalAt     clock.Time // since when they are equal; Never while they are not
	reported    bool       // the current difference has been reported
	healedAt    clock.Time
	convergedAt clock.Time
}

// group is the hosts of one side that hold one state. Each side has exactly one when replicas are
// equal.
type group struct {
	side  int
	state uint64
}

// NewConvergence returns a checker. bound is how long a write may take to reach every replica of a
// side, and how long after the last fault rest begins.
func NewConvergence(bound time.Duration) *Convergence {
	return &Convergence{
		rest: rest{bound: bound}, groups: make(map[group]int),
		differedAt: clock.Never, equalAt: clock.Never,
		healedAt: clock.Never, convergedAt: clock.Never,
	}
}

// Watches implements [Checker].
func (c *Convergence) Watches() Kind { return Event | OriginChanged | topology | Healed | Ended }

// Observe implements [Checker].
func (c *Convergence) Observe(o *Observation, view View, report *Report) {
	c.judge(o.At, report)
	c.rest.observe(o)
	switch o.Kind {
	case Event:
		c.event(o)
	case OriginChanged:
		c.rest.disturb(o.At)
	case HostDown, Reachability:
		c.regroup(view)
	case Healed:
		c.healedAt = o.At
	case Ended:
		c.finish(o.At, report)
		return
	}
	c.compare(o.At, report)
}

func (c *Convergence) event(o *Observation) {
	switch o.Event.Kind {
	case node.HealthChanged, node.Wrote:
		c.rest.disturb(o.At)
	case node.MapChanged:
		c.leave(o.Host)
		c.state[o.Host] = o.Event.B
		c.join(o.Host)
	}
}

// judge looks at the state before an observation is applied: the one that has held until now. A
// difference that came up at this very instant is not judged, for its cause may be announced just
// after.
func (c *Convergence) judge(at clock.Time, report *Report) {
	if c.reported || c.differedAt >= at || !c.rest.demanded(at) {
		return
	}
	c.reported = true
	a, b := c.differing()
	report.Violate(PropertyConvergence, at,
		"hosts %d and %d of one side hold different states 0x%016x and 0x%016x at %v, "+
			"though the last write, fault or change of sides was at %v and the bound is %v",
		a, b, c.state[a], c.state[b], at, c.rest.calm, c.rest.bound)
}

// differing returns two hosts of one side in different states. There must be some.
func (c *Convergence) differing() (a, b node.ID) {
	first := make(map[int]node.ID)
	for host, side := range c.side {
		other, known := first[side]
		switch {
		case side < 0:
		case !known:
			first[side] = node.ID(host)
		case c.state[other] != c.state[host]:
			return other, node.ID(host)
		}
	}
	panic("checkers: replicas are counted as different and are not")
}

// compare notes whether replicas are equal after an observation was applied.
func (c *Convergence) compare(at clock.Time, report *Report) {
	if c.equal() {
		c.differedAt, c.reported = clock.Never, false
		c.equalAt = min(c.equalAt, at)
		c.convergedAt = min(c.convergedAt, max(at, c.healedAt))
		return
	}
	c.equalAt = clock.Never
	if c.differedAt == clock.Never {
		c.differedAt = at
		report.Saw(SituationDiffered)
	}
}

func (c *Convergence) equal() bool { return len(c.groups) == c.sides }

// regroup takes over the sides from view. What was equal on the old sides says nothing about the
// new.
func (c *Convergence) regroup(view View) {
	clear(c.groups)
	c.convergedAt, c.sides = clock.Never, view.Sides()
	for len(c.side) < view.Hosts() {
		c.side, c.state = append(c.side, -1), append(c.state, 0)
	}
	for host := range c.side {
		c.side[host] = view.Side(node.ID(host))
		if c.side[host] < 0 {
			c.state[host] = 0
		}
		c.join(node.ID(host))
	}
}

func (c *Convergence) join(host node.ID) {
	if side := c.side[host]; side >= 0 {
		c.groups[group{side, c.state[host]}]++
	}
}

func (c *Convergence) leave(host node.ID) {
	if c.side[host] < 0 {
		return
	}
	g := group{c.side[host], c.state[host]}
	if c.groups[g]--; c.groups[g] == 0 {
		delete(c.groups, g)
	}
}

func (c *Convergence) finish(at clock.Time, report *Report) {
	if c.equal() && c.rest.demanded(at) {
		report.Saw(SituationAgreed)
	}
	if c.convergedAt != clock.Never {
		report.MetricSeconds("converged_after_heal_seconds", c.convergedAt.Sub(c.healedAt))
	}
	if c.equalAt != clock.Never {
		report.MetricSeconds("settled_seconds", max(0, c.equalAt.Sub(c.rest.calm)))
	}
}
