package world

import (
	"slices"
	"time"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// disk holds what a host has saved.
//
// Invariants: saves ascend by time; there is one at most that is reach old or older, the first, for
// no fault of the plan can bring back what came before it.
type disk struct {
	saves []save
	reach time.Duration // how far back the plan's crashes go, 0 if the last save is all they ask for
}

// save is what one save has stored.
type save struct {
	at    clock.Time
	state []byte
}

// equip finds out how far back each host's disk has to reach.
func (w *World[M]) equip() {
	for i := range w.spec.Faults {
		f := &w.spec.Faults[i]
		for _, id := range f.Hosts {
			d := &w.hosts[id].disk
			d.reach = max(d.reach, f.Old.Duration())
		}
	}
}

// store adds a save, and forgets those that nothing can bring back any more.
func (d *disk) store(now clock.Time, state []byte) {
	var reused []byte
	gone := max(0, d.before(now.Add(-d.reach))-1)
	if d.reach == 0 {
		gone = len(d.saves)
	}
	if gone > 0 {
		reused = d.saves[0].state[:0]
	}
	d.saves = append(slices.Delete(d.saves, 0, gone), save{now, append(reused, state...)})
}

// before is how many saves were made by the given time.
func (d *disk) before(at clock.Time) (count int) {
	for count < len(d.saves) && d.saves[count].at <= at {
		count++
	}
	return count
}

// last returns what the last save has stored, nil without one.
func (d *disk) last() []byte {
	if len(d.saves) == 0 {
		return nil
	}
	return d.saves[len(d.saves)-1].state
}

// wipe leaves of a disk what a crash leaves.
func (w *World[M]) wipe(id node.ID, f *scenarios.Fault, b *bite) {
	d, before := &w.hosts[id].disk, len(w.hosts[id].disk.saves)
	switch {
	case !f.Keep:
		d.saves = d.saves[:0]
	case f.Old > 0:
		d.saves = d.saves[:d.before(w.Now().Add(-f.Old.Duration()))]
		if len(d.saves) < before {
			b.older++
		}
	case f.Torn && before > 0:
		w.tear(id, &d.saves[before-1])
		b.torn++
	}
}

// tear cuts a save short, anywhere.
func (w *World[M]) tear(id node.ID, s *save) {
	luck := rng.Named(w.spec.Seed, "torn").At2(uint64(id), uint64(w.kernel.Life(id)))
	s.state = s.state[:luck.Intn(max(1, len(s.state)))]
}

// refuses reports whether a host's disk is full, and counts the save with each fault that fills it.
// The machine is not told: [node.Out.Save] has no answer, for there is nothing that a machine could
// do about it which its operator would not do better.
func (w *World[M]) refuses(id node.ID) bool {
	return w.eachInForce(scenarios.DiskFull, id, func(_ *scenarios.Fault, b *bite) { b.unsaved++ })
}
