package explore_test

import (
	"fmt"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/sim/clock"
)

// audit is one execution, told to the checkers of a real run.
type audit struct {
	design   *design
	now      clock.Time
	cluster  *cluster
	checkers []checkers.Checker
	report   checkers.Report
}

// audit tells an execution to the checkers.
func (d *design) audit(states []*cluster, events []event) *audit {
	a := d.newAudit(states[0])
	for i, e := range events {
		a.step(e, states[i+1])
	}
	return a
}

func (d *design) newAudit(c *cluster) *audit {
	a := &audit{design: d, cluster: c}
	a.checkers = []checkers.Checker{
		checkers.NewMapHistory(checkers.MapPromise{
			Replicas:     func(host node.ID) checkers.Replica { return a.witness(host) },
			Truncated:    d.limit > 0 || d.shorten != nil,
			SingleWinner: d.singleWinner,
		}),
		checkers.NewStrongEventual(),
	}
	for id := range d.servers {
		a.observe(checkers.Observation{Kind: checkers.HostUp, Host: id})
	}
	return a
}

func (a *audit) witness(host node.ID) witness {
	return witness{func() *server { return a.cluster.servers[host] }}
}

// The audit is the checkers' view of the world: all servers are up, on one side.
func (a *audit) Hosts() int       { return len(a.cluster.servers) }
func (a *audit) Up(node.ID) bool  { return true }
func (a *audit) Side(node.ID) int { return 0 }
func (a *audit) Sides() int       { return 1 }
func (a *audit) Probes() uint64   { return 0 }

func (a *audit) observe(o checkers.Observation) {
	o.At = a.now
	for _, c := range a.checkers {
		if c.Watches()&o.Kind != 0 {
			c.Observe(&o, a, &a.report)
		}
	}
}

// step tells what e made of the cluster.
func (a *audit) step(e event, next *cluster) {
	before, s := a.cluster, next.servers[e.at]
	a.cluster = next
	a.now++
	switch {
	case e.kind == crash:
		a.observe(checkers.Observation{Kind: checkers.HostDown, Host: e.at})
		a.observe(checkers.Observation{Kind: checkers.HostUp, Host: e.at})
		return
	case s == before.servers[e.at]:
		return
	case s.dot != (crdt.Dot{}):
		a.emit(e.at, node.Event{Kind: node.Wrote, Subject: e.key, A: s.dot.Seq, B: next.value(s.dot)})
	}
	a.emit(e.at, node.Event{
		Kind: node.MapChanged, A: s.replica.VersionHash(), B: s.replica.StateHash(),
	})
}

func (a *audit) emit(host node.ID, e node.Event) {
	a.observe(checkers.Observation{Kind: checkers.Event, Host: host, Event: e})
}

// settle lets everybody pull from everybody until that changes nothing, and ends the run. Then
// replicas that do not hold the same never will.
func (a *audit) settle() {
	pulls := everywhere(a.design.servers, 0, pull)
	for before := (*cluster)(nil); before == nil || a.design.key(before) != a.design.key(a.cluster); {
		before = a.cluster
		for _, e := range pulls {
			a.step(e, a.design.after(a.cluster, e))
		}
	}
	a.demandAgreement()
	a.observe(checkers.Observation{Kind: checkers.Ended})
}

// demandAgreement demands that all replicas have seen the same, and hold the same.
func (a *audit) demandAgreement() {
	first := a.cluster.servers[0]
	for _, s := range a.cluster.servers[1:] {
		if s.replica.VersionHash() != first.replica.VersionHash() ||
			s.replica.StateHash() != first.replica.StateHash() {
			a.report.Violate(checkers.PropertyConvergence, a.now,
				"pulls change nothing any more, and the replicas of %v and %v differ, at %v and %v",
				first.actor, s.actor, first.seen, s.seen)
		}
	}
}

// broken returns the first violation of a property, of any if it is empty.
func (a *audit) broken(property string) error {
	for _, v := range a.report.Violations() {
		if property == "" || v.Property == property {
			return fmt.Errorf("%s: %s", v.Property, v.Detail)
		}
	}
	return nil
}
