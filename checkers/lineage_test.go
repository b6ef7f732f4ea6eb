package checkers

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// ranked is rendezvous hashing: the live server with the greatest hash of (origin, server).
func ranked(origin uint32, live []node.ID) node.ID {
	return slices.MaxFunc(live, func(a, b node.ID) int {
		if rank(origin, a) < rank(origin, b) {
			return -1
		}
		return +1
	})
}

func rank(origin uint32, host node.ID) uint64 { return rng.Mix(uint64(origin)<<32 | uint64(host)) }

// The definition, computed the long way: every host carries what its side knows, owners are chosen
// from all live servers of a side, and each probe, change of sides and the end looks at everything.
func TestAtLeastOneAgreesWithItsDefinition(t *testing.T) {
	const hosts, origins = 4, 3
	broken, kept := 0, 0
	rapid.Check(t, func(t2 *rapid.T) {
		plan := drawPlan(hosts, origins).Draw(t2, "plan")
		promise := Coverage{Origins: origins, Bound: 25 * second, Grace: 2 * second, Owner: ranked}
		checker, naive := NewAtLeastOne(promise), &naiveCoverage{promise: promise}
		s := play(t, both{checker, naive}, hosts)
		follow(s, plan, func(p step) { s.probe(p.host, p.value) })
		s.end()
		require.Equal(t2, naive.broken, s.report.Broken(PropertyAtLeastOne) > 0)
		require.Equal(t2, naive.longest, checker.Longest().Length())
		if naive.broken {
			broken++
		} else {
			kept++
		}
	})
	require.Positive(t, broken, "no plan broke the promise")
	require.Positive(t, kept, "no plan kept the promise")
}

// both shows a run to two checkers.
type both struct{ first, second Checker }

func (b both) Watches() Kind { return b.first.Watches() | b.second.Watches() }

func (b both) Observe(o *Observation, view View, report *Report) {
	b.first.Observe(o, view, report)
	b.second.Observe(o, view, report)
}

// naiveCoverage is the model of [AtLeastOne].
type naiveCoverage struct {
	promise Coverage
	hosts   []naiveHost
	broken  bool
	longest time.Duration
}

type naiveHost struct {
	up, fresh bool
	started   clock.Time
	side      int
	cells     []cell // of its side
}

func (n *naiveCoverage) Watches() Kind { return ProbeStarted | topology | Ended }

func (n *naiveCoverage) Observe(o *Observation, view View, _ *Report) {
	if n.hosts == nil {
		n.hosts = make([]naiveHost, view.Hosts())
	}
	switch o.Kind {
	case HostUp:
		n.hosts[o.Host].fresh, n.hosts[o.Host].started = true, o.At
	case ProbeStarted:
		n.judge(o.At)
		n.probe(o)
	case Reachability:
		n.judge(o.At)
		n.regroup(o.At, view)
	case Ended:
		n.judge(o.At)
		n.measureOpen(o.At, func(int) bool { return true })
	}
}

func (n *naiveCoverage) judge(at clock.Time) {
	for _, host := range n.hosts {
		for _, c := range host.cells {
			n.broken = n.broken || host.up && at.Sub(c.since) > n.promise.Bound
		}
	}
}

func (n *naiveCoverage) probe(o *Observation) {
	side := n.hosts[o.Host].side
	n.longest = max(n.longest, o.At.Sub(n.hosts[o.Host].cells[o.Origin].probed))
	for _, host := range n.hosts {
		if host.up && host.side == side {
			c := &host.cells[o.Origin]
			c.probed, c.since = o.At, max(c.since, o.At)
		}
	}
}

// measureOpen counts the gaps open now on the sides for which ends is true.
func (n *naiveCoverage) measureOpen(at clock.Time, ends func(side int) bool) {
	for _, host := range n.hosts {
		for _, c := range host.cells {
			if host.up && ends(host.side) {
				n.longest = max(n.longest, at.Sub(c.probed))
			}
		}
	}
}

// goesOn reports whether one of the sides of view has hosts of this side, and of no other from
// before.
func (n *naiveCoverage) goesOn(side int, view View) bool {
	stays := func(id node.ID) bool { return n.hosts[id].up && view.Up(id) && !n.hosts[id].fresh }
	return slices.ContainsFunc(n.allHosts(), func(id node.ID) bool {
		fromElsewhere := func(other node.ID) bool {
			return stays(other) && view.Side(other) == view.Side(id) && n.hosts[other].side != side
		}
		return stays(id) && n.hosts[id].side == side &&
			!slices.ContainsFunc(n.allHosts(), fromElsewhere)
	})
}

func (n *naiveCoverage) regroup(at clock.Time, view View) {
	n.measureOpen(at, func(side int) bool { return !n.goesOn(side, view) })
	next := slices.Clone(n.hosts)
	for id := range next {
		next[id].up, next[id].side = view.Up(node.ID(id)), view.Side(node.ID(id))
		next[id].cells, next[id].fresh = nil, false
		for origin := range n.promise.Origins {
			next[id].cells = append(next[id].cells,
				n.inherited(at, next[id].side, uint32(origin), view))
		}
	}
	n.hosts = next
}

// inherited is what a side begins with, from what its hosts knew on the sides they come from.
func (n *naiveCoverage) inherited(at clock.Time, side int, origin uint32, view View) cell {
	var live []node.ID
	c, orphan := cell{}, true
	for _, id := range n.allHosts() {
		if side < 0 || view.Side(id) != side {
			continue
		}
		live = append(live, id)
		if host := n.hosts[id]; host.up && !host.fresh {
			orphan = false
			c.probed = max(c.probed, host.cells[origin].probed)
			c.since = max(c.since, host.cells[origin].since)
		}
	}
	if len(live) == 0 {
		return cell{}
	}
	if orphan {
		c.probed = at.Add(n.promise.Grace)
	}
	c.owner = n.promise.Owner(origin, live)
	owner := n.hosts[c.owner]
	if owner.fresh || !owner.up || owner.cells[origin].owner != c.owner {
		c.since = max(c.since, at, owner.started.Add(n.promise.Grace))
	}
	return c
}

func (n *naiveCoverage) allHosts() (ids []node.ID) {
	for id := range n.hosts {
		ids = append(ids, node.ID(id))
	}
	return ids
}

// measured is a cluster of 10,000 origins on two sides of 50 hosts.
func measured(t testing.TB, bound time.Duration) (*script, *AtLeastOne) {
	checker := NewAtLeastOne(Coverage{Origins: 10_000, Bound: bound, Owner: ranked})
	s := play(t, checker, 100)
	for host := range node.ID(50) {
		s.part[host] = 1
	}
	s.at(1 * second).cut(0)
	s.probe(0, 0)
	return s, checker
}

// probeBothSides probes the next origin on either side, a tenth of a millisecond after the last.
func probeBothSides(s *script, checker *AtLeastOne, o *Observation) {
	o.At += clock.Time(100 * time.Microsecond)
	o.Origin = (o.Origin + 7919) % 10_000
	o.Host = (o.Host + 7) % 50
	checker.Observe(o, s, &s.report)
	o.Host += 50
	checker.Observe(o, s, &s.report)
}

func TestAtLeastOneAllocatesNothingPerProbe(t *testing.T) {
	s, checker := measured(t, 20*second)
	o := probeOf(0, 0)
	o.At = s.now
	runs := 30_000 // three times round all origins, and past a scan
	require.Zero(t, testing.AllocsPerRun(runs, func() { probeBothSides(s, checker, &o) }))
	s.clean()
}

// One operation is two probes.
func BenchmarkAtLeastOneProbe(b *testing.B) {
	s, checker := measured(b, 20*second)
	o := probeOf(0, 0)
	o.At = s.now
	b.ReportAllocs()
	for b.Loop() {
		probeBothSides(s, checker, &o)
	}
	require.Empty(b, s.report.Violations())
}

// One host of 100 crashes and comes back: two changes of sides with 10,000 origins.
func BenchmarkAtLeastOneCrash(b *testing.B) {
	s, _ := measured(b, 1_000_000*second)
	b.ReportAllocs()
	for b.Loop() {
		s.at(s.now.Since() + second)
		s.down(3)
		s.probe(0, 0)
		s.at(s.now.Since() + second)
		s.up(3)
		s.probe(0, 0)
	}
}
