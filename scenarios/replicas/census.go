package replicas

import (
	"slices"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/scenarios"
	"butterfly/sim/clock"
)

// census counts what the replicas hold. It checks vectors-stay-short: at every start of a server
// and at the end, no vector has more entries than there are servers, twice (the life that goes on,
// and the mark of those that are retired), and lives that began too lately for the ones before them
// to be retired.
type census struct {
	g       *group
	begun   []clock.Time // when lives began, but for the first of each server; ascending
	up      []bool       // by server: it has started before
	wrote   int          // lives that have written
	longest int          // vector so far
}

func newCensus(g *group) *census {
	return &census{g: g, up: make([]bool, g.scenario.Servers)}
}

// Watches implements [checkers.Checker].
func (c *census) Watches() checkers.Kind {
	return checkers.Event | checkers.HostUp | checkers.Ended
}

// Observe implements [checkers.Checker].
func (c *census) Observe(o *checkers.Observation, _ checkers.View, r *checkers.Report) {
	switch o.Kind {
	case checkers.Event:
		if o.Event.Kind == node.Wrote && o.Event.A == 1 {
			c.wrote++
		}
	case checkers.HostUp:
		if c.up[o.Host] {
			c.begun = append(c.begun, o.At)
			c.measure(o.At, r)
		}
		c.up[o.Host] = true
	case checkers.Ended:
		c.measure(o.At, r)
		c.finish(r)
	}
}

// measure compares the longest vector with its bound.
func (c *census) measure(at clock.Time, r *checkers.Report) {
	bound := c.bound(at)
	c.each(func(host node.ID, m *Map) {
		entries := len(*m.Versions())
		c.longest = max(c.longest, entries)
		if c.bounded() && entries > bound {
			r.Violate(PropertyVectors, at, "the version vector of server %d has %d entries at %v, "+
				"of %d servers of which %d lives began within the last %v: the bound is %d",
				host, entries, at, len(c.up), bound-2*len(c.up), c.g.bounds.Retirement, bound)
		}
	})
}

// bounded reports whether vectors are held to a bound: a run must be longer than lives may take to
// be retired, or it could not break it.
func (c *census) bounded() bool {
	retirement := c.g.bounds.Retirement
	return retirement > 0 && retirement < c.g.scenario.Duration.Duration()
}

// bound is how many entries a vector may have. When writing is over nothing is overwritten, and
// lives that are not retired by then may stay.
func (c *census) bound(at clock.Time) int {
	since := min(at, c.g.config.Workload.Until).Add(-c.g.bounds.Retirement)
	old, _ := slices.BinarySearch(c.begun, since)
	return 2*len(c.up) + len(c.begun) - old
}

// each calls what for the replica of every server that is up.
func (c *census) each(what func(host node.ID, m *Map)) {
	for host := range node.ID(len(c.up)) {
		if r := c.g.replica(host); r != nil && r.Map() != nil {
			what(host, r.Map())
		}
	}
}

// finish reports what is there in the end: of each the most that any replica has.
func (c *census) finish(r *checkers.Report) {
	entries, going, tombstones := 0, 0, 0
	c.each(func(_ node.ID, m *Map) {
		entries = max(entries, len(*m.Versions()))
		of := unretired(*m.Versions())
		if of < len(*m.Versions()) {
			r.Saw(situationRetired)
		}
		going = max(going, of)
		dead := countTombstones(m)
		tombstones = max(tombstones, dead)
		if m.Len()+dead < c.g.scenario.Replicas.Keys { // each had a value at the start
			r.Saw(situationCollected)
		}
	})
	r.Metric("vector_entries", float64(entries))
	r.Metric("vector_entries_max", float64(max(entries, c.longest)))
	r.Metric("lives", float64(len(c.begun)+len(c.up)))
	r.Metric("lives_retired", float64(c.wrote-going))
	r.Metric("tombstones", float64(tombstones))
}

func unretired(v crdt.VersionVector) (count int) {
	for _, dot := range v {
		if dot.Seq != crdt.Retired {
			count++
		}
	}
	return count
}

func countTombstones(m *Map) (count int) {
	var all crdt.Delta[uint32, uint64]
	m.Answer(new(crdt.CausalContext), 0, &all)
	for i := range all.Entries {
		if len(all.Entries[i].Siblings) == 0 {
			count++
		}
	}
	return count
}

// restarts reports whether some server lives twice.
func restarts(s *scenarios.Scenario) bool {
	return slices.ContainsFunc(s.Faults, func(f scenarios.Fault) bool {
		return (f.Kind == scenarios.Crash || f.Kind == scenarios.Leave) && f.For > 0
	})
}
