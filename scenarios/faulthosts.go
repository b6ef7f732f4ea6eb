package scenarios

import (
	"cmp"
	"fmt"
	"time"
)

// Limits on what hosts are put through.
const (
	// MaxCost: a host that takes longer for one input stands still rather than being slow.
	MaxCost = time.Second
	// defaultCost is what Slow means by no cost.
	defaultCost = time.Millisecond
	// MaxRatePPM is how far from time a clock may run: 10 %, far beyond what promises are made for.
	MaxRatePPM = 100_000
	// MaxOffset is by how much a wall clock may be off.
	MaxOffset = 24 * time.Hour
)

// InputCost is how long a Slow host takes for one input.
func (f *Fault) InputCost() time.Duration { return cmp.Or(f.Cost.Duration(), defaultCost) }

// hostText says whom the fault strikes, and what it does to them.
func (f *Fault) hostText() string {
	hosts := list("server", f.Hosts)
	switch f.Kind {
	case DiskFull:
		return "at " + hosts
	case Slow:
		return fmt.Sprintf("%s, %v an input", hosts, f.InputCost())
	}
	text := "of " + hosts
	if f.RatePPM != 0 {
		text += fmt.Sprintf(" by %+d ppm", f.RatePPM)
	}
	if f.Offset != 0 {
		text += fmt.Sprintf(" off by %v", f.Offset)
	}
	return text
}

// diskText says in what state the disk is with which a crashed host returns.
func (f *Fault) diskText() string {
	switch {
	case !f.Keep:
		return ", disk lost"
	case f.Old > 0:
		return fmt.Sprintf(", with what it had saved %v before", f.Old)
	case f.Torn:
		return ", last save torn"
	}
	return ""
}

// addressText says that a crashed host returns elsewhere, if it does.
func (f *Fault) addressText() string {
	if f.Moved {
		return ", at another address"
	}
	return ""
}

// trimDisk leaves out what does not go together: a lost disk has neither a snapshot nor a last save,
// and a snapshot is whole.
func (f *Fault) trimDisk() {
	if !f.Keep {
		f.Old = 0
	}
	f.Torn = f.Torn && f.Keep && f.Old == 0
}

// validateHostFault checks what the fault does to hosts.
func (f *Fault) validateHostFault() error {
	switch {
	case f.Old < 0:
		return fmt.Errorf("old: %v, expected 0s or more", f.Old)
	case f.Old > 0 && !f.Keep:
		return fmt.Errorf("old: expected keep with it, a lost disk has no snapshot")
	case f.Torn && (!f.Keep || f.Old > 0):
		return fmt.Errorf("torn: expected keep with it, and no old")
	case f.Cost < 0 || f.Cost > Span(MaxCost):
		return fmt.Errorf("cost: %v, expected 0s to %v", f.Cost, MaxCost)
	}
	return f.validateClock()
}

func (f *Fault) validateClock() error {
	switch {
	case f.RatePPM < -MaxRatePPM || f.RatePPM > MaxRatePPM:
		return fmt.Errorf("rate_ppm: %d, expected %d to %d", f.RatePPM, -MaxRatePPM, MaxRatePPM)
	case f.Offset < -Span(MaxOffset) || f.Offset > Span(MaxOffset):
		return fmt.Errorf("offset: %v, expected %v to %v", f.Offset, -MaxOffset, MaxOffset)
	}
	return nil
}

// forgets reports whether a host that the fault strikes may return without its last save.
func (f *Fault) forgets() bool {
	return f.Kind == Crash && (!f.Keep || f.Old > 0 || f.Torn) || f.Kind == DiskFull
}
