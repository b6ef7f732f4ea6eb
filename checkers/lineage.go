package checkers

import (
	"fmt"
	"slices"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// lineage is one side of the network, with what it inherited from the sides it came from.
type lineage struct {
	hosts []node.ID     // its live servers, ascending
	cells []cell        // by origin
	bound time.Duration // how long an origin may go unprobed here
}

// cell is what is known of one origin on one side.
type cell struct {
	probed clock.Time // the last probe; before the first, the end of the grace
	since  clock.Time // when the gap began; Never while the side does not owe the origin a probe
	by     node.ID    // the last prober
	owner  node.ID    // the highest-ranked live server
}

func (l *lineage) gap(origin uint32, to clock.Time, after node.ID) Gap {
	c := &l.cells[origin]
	return Gap{
		Origin: origin, From: c.probed, To: to,
		Before: c.by, After: after, Servers: len(l.hosts),
	}
}

// lastProbe prints a cell's last probe.
type lastProbe cell

func (c lastProbe) String() string {
	if c.by == node.Nobody {
		return "never probed"
	}
	return fmt.Sprintf("last probe at %v by host %d", c.probed, c.by)
}

// join takes the later of what two sides had.
func (c *cell) join(was *cell) {
	if was.probed >= c.probed {
		c.probed, c.by = was.probed, was.by
	}
	if was.since != clock.Never {
		c.since = max(c.since, was.since)
	}
}

// begin begins to owe the origin a probe, which has a time to go before the gap counts.
func (c *cell) begin(at clock.Time, ahead time.Duration) {
	c.probed, c.by, c.since = at, node.Nobody, at.Add(ahead)
}

// topologyChange is the sides as a View showed them, kept until the instant is over or they are
// needed.
type topologyChange struct {
	waiting bool
	at      clock.Time
	sides   int
	side    []int // by host, -1 for down
}

func (t *topologyChange) take(at clock.Time, view View) {
	t.waiting, t.at, t.sides, t.side = true, at, view.Sides(), t.side[:0]
	for host := range view.Hosts() {
		t.side = append(t.side, view.Side(node.ID(host)))
	}
}

// birth is a side in the making.
type birth struct {
	at      clock.Time
	grace   time.Duration
	side    *lineage
	parents []*lineage // the sides its hosts come from
	fresh   []node.ID  // its hosts that come from none, ascending
}

func (b *birth) add(host node.ID, parent *lineage) {
	b.side.hosts = append(b.side.hosts, host)
	switch {
	case parent == nil:
		b.fresh = append(b.fresh, host)
	case !slices.Contains(b.parents, parent):
		b.parents = append(b.parents, parent)
	}
}

// unchanged reports whether the side is an old one, host by host.
func (b *birth) unchanged() bool {
	return len(b.fresh) == 0 && len(b.parents) == 1 && len(b.parents[0].hosts) == len(b.side.hosts)
}

// form replaces the sides by those that are waiting.
func (a *AtLeastOne) form() {
	births := a.births()
	a.closeEnding(births)
	a.lineages = a.lineages[:0]
	for i := range births {
		b := &births[i]
		if b.unchanged() {
			b.side = b.parents[0]
		}
		a.lineages = append(a.lineages, b.side)
	}
	for host, side := range a.pending.side {
		a.lineage[host] = nil
		if side >= 0 {
			a.lineage[host] = births[side].side
		}
	}
	for i := range births {
		a.inherit(i, &births[i])
	}
	clear(a.fresh)
	a.pending.waiting = false
}

// births sorts the hosts that are up into their new sides.
func (a *AtLeastOne) births() []birth {
	births := make([]birth, a.pending.sides)
	for i := range births {
		births[i] = birth{at: a.pending.at, grace: a.promise.Grace, side: new(lineage)}
	}
	for host, side := range a.pending.side {
		if side < 0 {
			continue
		}
		parent := a.lineage[host]
		if a.fresh[host] {
			parent = nil
		}
		births[side].add(node.ID(host), parent)
	}
	for i := range births {
		births[i].side.bound = a.promise.bound(len(births[i].side.hosts))
	}
	return births
}

// closeEnding measures what was open on sides that end here: because none of their hosts is left,
// or because they become one with others, whose probes are from now on theirs.
func (a *AtLeastOne) closeEnding(births []birth) {
	for _, old := range a.lineages {
		goesOn := func(b birth) bool { return len(b.parents) == 1 && b.parents[0] == old }
		if !slices.ContainsFunc(births, goesOn) {
			a.close(old, a.pending.at)
		}
	}
}

// inherit fills in the cells of a side that is not an old one.
func (a *AtLeastOne) inherit(number int, b *birth) {
	if b.side.cells != nil {
		return
	}
	b.side.cells = make([]cell, a.promise.Origins)
	for origin := range b.side.cells {
		b.side.cells[origin] = a.inherited(number, b, uint32(origin))
	}
}

// inherited is what the side of a number begins with.
func (a *AtLeastOne) inherited(number int, b *birth, origin uint32) cell {
	c := cell{by: node.Nobody}
	for _, parent := range b.parents {
		c.join(&parent.cells[origin])
	}
	if len(b.parents) == 0 {
		c.probed = b.at.Add(b.grace)
	}
	c.owner = a.promise.Owner(origin, a.contenders(b, origin))
	switch {
	case c.owner == node.Nobody || a.registry.demandOn(number, origin) != owed:
		c.since = clock.Never
	case len(b.parents) > 0 && !b.owed(origin):
		c.begin(max(b.at, a.started[c.owner].Add(b.grace)), a.promise.Registration)
	case !a.keeps(b, origin, c.owner):
		c.since = max(c.since, b.at, a.started[c.owner].Add(b.grace)).Add(a.newsTime(origin))
	}
	return c
}

// owed reports whether a parent owed origin a probe.
func (b *birth) owed(origin uint32) bool {
	return slices.ContainsFunc(b.parents, func(parent *lineage) bool {
		return parent.cells[origin].since != clock.Never
	})
}

// newsTime is how long a new owner may take to hear that origin is to be checked.
func (a *AtLeastOne) newsTime(origin uint32) time.Duration {
	if a.registry.ordered(origin) {
		return a.promise.Registration
	}
	return 0
}

// contenders returns servers of the side among which its owner of origin must be. Where each
// parent's owner came along those and the fresh hosts suffice, for an owner outranks all it was
// chosen from.
func (a *AtLeastOne) contenders(b *birth, origin uint32) []node.ID {
	a.candidates = append(a.candidates[:0], b.fresh...)
	for _, parent := range b.parents {
		owner := parent.cells[origin].owner
		if owner == node.Nobody || a.fresh[owner] || a.lineage[owner] != b.side {
			return b.side.hosts
		}
		a.candidates = append(a.candidates, owner)
	}
	slices.Sort(a.candidates)
	return a.candidates
}

// keeps reports whether owner was the owner on a parent that owed the probe already, in the same
// life.
func (a *AtLeastOne) keeps(b *birth, origin uint32, owner node.ID) bool {
	return !a.fresh[owner] && slices.ContainsFunc(b.parents, func(parent *lineage) bool {
		c := &parent.cells[origin]
		return c.owner == owner && c.since != clock.Never
	})
}
