package world

import (
	"fmt"

	"butterfly/scenarios"
)

// bite counts what a fault did. A green run whose faults did not bite proves little.
type bite struct {
	struck   int // hosts or origins that it took down, paused or blocked
	returned int // those that came back
	cut      int // messages stopped at a partition
	inFlight int // those of them that were on their way when it began
	lost     int // packets lost on top of what is lost anyway
	late     int // inputs that waited for the end: messages, probe results and timers
	belated  int // messages and probes that waited to leave
}

func (b *bite) add(c *bite) {
	b.struck += c.struck
	b.returned += c.returned
	b.cut += c.cut
	b.inFlight += c.inFlight
	b.lost += c.lost
	b.late += c.late
	b.belated += c.belated
}

// describe says how faults of a kind bit, in a clause; empty if they did not.
func (b *bite) describe(kind scenarios.FaultKind) string {
	switch {
	case b.struck+b.cut+b.lost == 0:
		return ""
	case kind == scenarios.Partition:
		return fmt.Sprintf("%s cut off, %d in flight", several(b.cut, "message"), b.inFlight)
	case kind == scenarios.Loss:
		return several(b.lost, "packet") + " lost"
	case kind == scenarios.OriginDown:
		return fmt.Sprintf("%s went down, %d came back", several(b.struck, "origin"), b.returned)
	case kind == scenarios.Pause:
		return several(b.struck, "server") + " stood still" + b.delays()
	case kind == scenarios.Block:
		return several(b.struck, "server") + " blocked" + b.delays()
	case kind == scenarios.Leave:
		return fmt.Sprintf("%s left, %d came back", several(b.struck, "server"), b.returned)
	}
	return fmt.Sprintf("%s went down, %d came back", several(b.struck, "server"), b.returned)
}

// delays says what a standstill has delayed.
func (b *bite) delays() string {
	text := fmt.Sprintf(", %s came late", several(b.late, "input"))
	if b.belated > 0 {
		text += fmt.Sprintf(", %s left late", several(b.belated, "output"))
	}
	return text
}

// several prints a number of things.
func several(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
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
