package health

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// byID ranks members by ID, 0 highest, for every origin alike: ranks in tests can be read off.
func byID(_ uint32, member node.ID) uint64 { return uint64(node.MaxIDs - member) }

// hashed ranks members differently for each origin. It refuses to rank nobody, as a caller's table
// may.
func hashed(origin uint32, member node.ID) uint64 {
	if member == node.Nobody {
		panic("scored nobody")
	}
	return rng.Mix(uint64(origin)<<32 | uint64(member))
}

const firstLife = 1

// driver drives one Checks the way its documentation asks for, and notes what it does.
type driver struct {
	*Checks
	now    clock.Time
	finds  node.Outcome // of probes, at once
	probes []clock.Time
	writes []Claim
	events []node.Event
}

// newDriver returns a server that ranks as its ID says, over one origin, not yet active.
func newDriver(self node.ID) *driver {
	return drive(registered(DefaultConfig(), self, firstLife, 1, byID, 7))
}

func drive(c *Checks) *driver { return &driver{Checks: c, finds: node.Succeeded} }

// registered returns checks that know all origins, to be checked by the first definition.
func registered(
	cfg Config, self node.ID, generation uint64, origins int, score Score, seed uint64,
) *Checks {
	c := New(cfg, self, generation, origins, score, rng.New(seed))
	for origin := range uint32(origins) {
		c.Register(0, origin, 0)
	}
	return c
}

// activeAmong returns an active server self whose view holds the others, all in their first life.
func activeAmong(self node.ID, others ...node.ID) *driver {
	d := newDriver(self)
	for _, id := range others {
		d.MemberUp(0, id, firstLife)
	}
	d.Activate(0)
	return d
}

// claimed reports that the map's record of origin 0 now is by claimant.
func (d *driver) claimed(claimant node.ID, generation uint64, status Status) {
	d.Claimed(d.now, 0, claimBy(claimant, generation, status))
}

// run lets time pass, with every timer on time.
func (d *driver) run(span time.Duration) {
	end := d.now.Add(span)
	for d.Next() <= end {
		d.wake(max(d.now, d.Next()))
	}
	d.now = end
	d.events = append(d.events, d.TakeEvents()...)
}

// wake lets the timer go off at the given time, once.
func (d *driver) wake(at clock.Time) {
	d.now = at
	for probe, ok := d.Due(at); ok; probe, ok = d.Due(at) {
		d.probes = append(d.probes, at)
		result := node.ProbeResult{Origin: probe.Origin, Token: probe.Token, Outcome: d.finds}
		status, write := d.Probed(at, result)
		if write {
			d.writes = append(d.writes, claimBy(d.self, d.generation, status))
			d.Claimed(d.now, probe.Origin, claimBy(d.self, d.generation, status))
		}
	}
}

// kinds returns the kinds of the events so far.
func (d *driver) kinds() []node.EventKind {
	d.events = append(d.events, d.TakeEvents()...)
	var kinds []node.EventKind
	for _, e := range d.events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func (d *driver) count(kind node.EventKind) int {
	n := 0
	for _, k := range d.kinds() {
		if k == kind {
			n++
		}
	}
	return n
}

// claimBy is a claim that no other contests.
func claimBy(claimant node.ID, generation uint64, status Status) Claim {
	return Claim{Claimant: claimant, Generation: generation, Status: status}
}

// lost reports whether a prober takes its own network to be down.
func (p *Prober) lost() bool { return p.network.standing == lost }
