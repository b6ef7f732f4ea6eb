package explore_test

import (
	"slices"

	"butterfly/node/crdt"
	"butterfly/scenarios/explore"
)

// model is what to explore, judged by check.
func (d *design) model(check func([]*cluster, []event) error) explore.Model[*cluster, event] {
	d.names = newRenamings(d)
	return explore.Model[*cluster, event]{
		Initial: d.initial(), Events: d.possible, Apply: d.after, Check: check, Key: d.key,
	}
}

// keeps checks one property with the checkers of a real run.
func (d *design) keeps(property string) explore.Model[*cluster, event] {
	return d.model(func(states []*cluster, events []event) error {
		if uneventful(states) {
			return nil
		}
		return d.audit(states, events).broken(property)
	})
}

// settles checks one property of each execution when no pull changes anything any more: what is
// wrong then stays wrong.
func (d *design) settles(property string) explore.Model[*cluster, event] {
	return d.model(func(states []*cluster, events []event) error {
		if d.agreesAtLast(states[len(events)]) {
			return nil
		}
		a := d.audit(states, events)
		a.settle()
		return a.broken(property)
	})
}

// holds checks all properties, of each execution as it is and when no pull changes anything any
// more.
func (d *design) holds() explore.Model[*cluster, event] {
	return d.model(func(states []*cluster, events []event) error {
		if uneventful(states) {
			return nil
		}
		a := d.audit(states, events)
		if !d.agreesAtLast(states[len(events)]) {
			a.settle()
		}
		return a.broken("")
	})
}

// uneventful reports whether checkers hear nothing of the last step.
func uneventful(states []*cluster) bool {
	last := len(states) - 1
	return last > 0 && slices.Equal(states[last-1].servers, states[last].servers)
}

// agreesAtLast reports whether all replicas hold the same when everybody has pulled from everybody
// until that changed nothing. It does what [audit.settle] does, on one copy of each replica.
func (d *design) agreesAtLast(c *cluster) bool {
	replicas := make([]replica, 0, len(c.servers))
	for _, s := range c.servers {
		last := *s
		last.relive(d.replica(s.actor))
		replicas = append(replicas, last.replica)
	}
	for pullAll(replicas, d.limit) {
	}
	for _, r := range replicas[1:] {
		if hashes(r) != hashes(replicas[0]) {
			return false
		}
	}
	return true
}

// pullAll lets everybody pull from everybody, and reports whether that changed anything.
func pullAll(replicas []replica, limit int) (changed bool) {
	var seen crdt.CausalContext
	var a delta
	for _, to := range replicas {
		before := hashes(to)
		for _, from := range replicas {
			to.Context(&seen)
			from.Answer(&seen, limit, &a)
			to.Apply(&a, nil)
		}
		changed = changed || hashes(to) != before
	}
	return changed
}

// hashes is what a replica says it has seen and holds.
func hashes(r replica) [2]uint64 { return [2]uint64{r.VersionHash(), r.StateHash()} }
