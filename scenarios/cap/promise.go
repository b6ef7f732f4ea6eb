package cap

import (
	"time"

	"butterfly/checkers"
	"butterfly/scenarios"
)

// Names of the promises, as in violations.
const (
	// PropertyLinearizable: all is as if there were one copy of each register and seat.
	PropertyLinearizable = "linearizable"
	// PropertySeats: no seat is sold twice.
	PropertySeats = "no-seat-sold-twice"
	// PropertyServed: whoever reaches a server is served by it.
	PropertyServed = "every-client-is-served"
)

// What a run has to show.
const (
	situationCut     = "servers were cut off from each other"
	situationOld     = "a history is not linearizable"
	situationTwice   = "a seat was sold twice"
	situationWaited  = "a client of the minority waited in vain"
	situationMoved   = "a client that moved was not served"
	situationSettled = "the run goes on for long enough after the last fault"
)

// verdict judges the history when the run is over.
type verdict struct {
	*history
	scenario *scenarios.Scenario
	found    judgement // when the run is over
}

// Watches implements [checkers.Checker].
func (v *verdict) Watches() checkers.Kind { return v.history.Watches() | checkers.Ended }

// Observe implements [checkers.Checker].
func (v *verdict) Observe(o *checkers.Observation, view checkers.View, r *checkers.Report) {
	if o.Kind != checkers.Ended {
		v.history.Observe(o, view, r)
		return
	}
	v.found = v.judge()
	twice := v.soldTwice()
	service := v.service(v.scenario.Cap.Timeout.Duration())
	service.report(r)
	v.measure(r, len(twice))
	v.declare(r, &service, len(twice))
	if v.scenario.Cap.Replication == scenarios.ByRaft {
		v.consistent(o, r, twice)
	} else {
		v.available(r)
	}
}

func (v *verdict) measure(r *checkers.Report, twice int) {
	var ends [outcomes]int
	for i := range v.records {
		if v.records[i].ended > 0 {
			ends[v.records[i].outcome]++
		}
	}
	r.Metric("operations", float64(len(v.records)))
	r.Metric("operations_unreached", float64(ends[Unreached]))
	r.Metric("operations_unserved", float64(ends[Lacking]+ends[Waited]))
	r.Metric("linearizable", float64(count(v.found.linearizable)))
	r.Metric("seats_sold_twice", float64(twice))
}

// declare says what the run was about, and whether that occurred.
func (v *verdict) declare(r *checkers.Report, s *service, twice int) {
	for _, situation := range v.expected() {
		r.Declare(situation)
	}
	for i := range v.spells {
		see(r, situationCut, v.spells[i].cut)
	}
	see(r, situationOld, !v.found.linearizable)
	see(r, situationTwice, twice > 0)
	see(r, situationWaited, s.minority.short())
	see(r, situationMoved, s.moving.short())
}

// expected is what a run through a partition of some length cannot fail to show.
func (v *verdict) expected() (situations []string) {
	if !parted(v.scenario) {
		return nil
	}
	switch c := v.scenario.Cap; {
	case c.Replication == scenarios.ByRaft:
		return []string{situationCut, situationWaited}
	case c.Own:
		return []string{situationCut, situationOld, situationMoved}
	}
	return []string{situationCut, situationOld, situationTwice}
}

// parted reports whether servers are cut off from each other for long enough to tell.
func parted(s *scenarios.Scenario) bool {
	for i := range s.Faults {
		f := &s.Faults[i]
		if f.Splits() && f.For.Duration() >= telling && len(f.Hosts) < s.Servers {
			return true
		}
	}
	return false
}

// telling is a length of a partition in which both sides do a lot.
const telling = 30 * time.Second

// consistent holds a log to its promises.
func (v *verdict) consistent(o *checkers.Observation, r *checkers.Report, twice []uint32) {
	if !v.found.linearizable {
		r.Violate(PropertyLinearizable, o.At,
			"no order of the %d operations on key %d explains their results",
			len(v.found.operations), v.found.key)
	}
	for _, key := range twice {
		r.Violate(PropertySeats, o.At, "more than one purchase of seat %d was told that it has it",
			int(key)-v.scenario.Cap.Keys)
	}
}

// available holds the map to its promise. Who moves and insists on its own writes is promised
// nothing.
func (v *verdict) available(r *checkers.Report) {
	for i := range v.records {
		o := &v.records[i]
		excused := v.scenario.Cap.Own && !stays(o.client)
		if o.owed && o.ended > 0 && o.outcome != Served && !excused {
			r.Violate(PropertyServed, o.at,
				"client %d asked server %d for operation %d at %v and was not served within %v, though "+
					"the server was up, running and in reach",
				o.client, o.server, o.Number, o.at, v.scenario.Cap.Timeout)
		}
	}
}

func see(r *checkers.Report, situation string, seen bool) {
	if seen {
		r.Saw(situation)
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
