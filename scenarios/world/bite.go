package world

import (
	"fmt"

	"butterfly/scenarios"
)

// bite counts what a fault did. A green run whose faults did not bite proves little.
type bite struct {
	struck   int // hosts or origins that it took down or paused
	returned int // those that came back
	cut      int // messages stopped at a partition
	inFlight int // those of them that were on their way when it began
	lost     int // packets lost on top of what is lost anyway
}

func (b *bite) add(c *bite) {
	b.struck += c.struck
	b.returned += c.returned
	b.cut += c.cut
	b.inFlight += c.inFlight
	b.lost += c.lost
}

// describe says how faults of a kind bit, in a clause; empty if they did not.
func (b *bite) describe(kind scenarios.FaultKind) string {
	switch {
	case kind == scenarios.Partition && b.cut > 0:
		return fmt.Sprintf("%d messages cut off, %d of them in flight", b.cut, b.inFlight)
	case kind == scenarios.Loss && b.lost > 0:
		return fmt.Sprintf("%d packets lost", b.lost)
	case kind == scenarios.OriginDown && b.struck > 0:
		return fmt.Sprintf("%d origins went down, %d came back", b.struck, b.returned)
	case b.struck > 0:
		return fmt.Sprintf("%d servers struck, %d came back", b.struck, b.returned)
	}
	return ""
}

// faultReports sums up the bites by kind of fault.
func (w *World[M]) faultReports() []FaultReport {
	var reports []FaultReport
	for _, kind := range scenarios.FaultKinds() {
		var total bite
		count := 0
		for i := range w.spec.Faults {
			if w.spec.Faults[i].Kind == kind {
				count++
				total.add(&w.faults[i].bite)
			}
		}
		if count > 0 {
			reports = append(reports, FaultReport{kind, count, total.describe(kind)})
		}
	}
	return reports
}
