package world

import (
	"fmt"

	"butterfly/sim"
)

// Divergence is the first event in which two runs of one spec differ.
type Divergence struct {
	// Step counts the events that were handled alike before it.
	Step uint64
	// First and Second say what each of the two runs did there. They are equal when the same event had
	// different effects.
	First, Second string
}

func (d *Divergence) Error() string {
	if d.First == d.Second {
		return fmt.Sprintf("event %d has different effects in two runs of the same seed: %s",
			d.Step+1, d.First)
	}
	return fmt.Sprintf("event %d differs between two runs of the same seed\n  first run:  %s\n  second run: %s",
		d.Step+1, d.First, d.Second)
}

// Verify plays two worlds, built by the same function, in lockstep, and compares their fingerprints
// after every event. It returns the result of the first and, if they part, where: the machines, or
// the harness, depend on something that is not in the seed.
func Verify[M any](build func() *World[M]) (*Result, *Divergence) {
	a, b := build(), build()
	for step := uint64(0); ; step++ {
		moreA, moreB := a.next(a.Ends()), b.next(b.Ends())
		if moreA != moreB || a.kernel.Fingerprint() != b.kernel.Fingerprint() {
			return a.Result(), &Divergence{step, a.lastStep(moreA), b.lastStep(moreB)}
		}
		if !moreA {
			break
		}
		a.handleOne()
		b.handleOne()
		if a.kernel.Fingerprint() != b.kernel.Fingerprint() {
			return a.Result(), &Divergence{step, describe(&a.step), describe(&b.step)}
		}
	}
	first, second := a.Result(), b.Result()
	if first.Fingerprint != second.Fingerprint {
		return first, &Divergence{first.Events, "the final states", "the final states"}
	}
	return first, nil
}

// handleOne handles the event that next has brought.
func (w *World[M]) handleOne() {
	defer w.catch()
	w.handle(&w.step)
}

func (w *World[M]) lastStep(more bool) string {
	if !more {
		return "the run ended"
	}
	return describe(&w.step)
}

func describe[M any](s *sim.Step[M]) string {
	text := fmt.Sprintf("%v #%d<-#%d %v", s.At, s.Seq, s.Cause, s.Kind)
	switch s.Kind {
	case sim.Deliver, sim.Request, sim.Returned:
		return fmt.Sprintf("%s %d->%d %d B: %v", text, s.From, s.Host, s.Size, s.Failure)
	case sim.Control:
		return text
	}
	return fmt.Sprintf("%s at server %d", text, s.Host)
}
