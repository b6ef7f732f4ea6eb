package world

import (
	"fmt"

	"butterfly/netmodel"
	"butterfly/scenarios"
)

// bite counts what a fault did. A green run whose faults did not bite proves little.
type bite struct {
	struck   int // hosts or origins that it took down, paused or blocked
	returned int // those that came back
	cut      int // messages stopped at a partition or a lost uplink
	inFlight int // those of them that were on their way when it began
	lost     int // packets lost on top of what is lost anyway
	damaged  int // packets with damaged bytes
	passed   int // those of them that passed for messages, but for the checksum
	doubled  int // datagrams that went on their way twice
	held     int // packets held back
	slowed   int // packets that took longer
	tooBig   int // datagrams above an MTU
	queued   int // packets that waited for a narrow link
	overflow int // datagrams that found its queue full
	forged   int // datagrams that an outsider made
	parsed   int // those of them that passed for messages, but for the key
	probes   int // health probes that a lost uplink left unanswered
	unmade   int // health probes that could not be made for want of a socket
	refused  int // messages refused because two versions met
	late     int // inputs that waited for the end: messages, probe results and timers
	belated  int // messages and probes that waited to leave
	added    int // origins that were registered and had not been before
	changed  int // origins that were registered anew
	removed  int // origins that had been registered and are no more
	hostBite
}

func (b *bite) add(c *bite) {
	b.struck += c.struck
	b.returned += c.returned
	b.cut += c.cut
	b.inFlight += c.inFlight
	b.lost += c.lost
	b.damaged += c.damaged
	b.doubled += c.doubled
	b.held += c.held
	b.slowed += c.slowed
	b.tooBig += c.tooBig
	b.queued += c.queued
	b.overflow += c.overflow
	b.forged += c.forged
	b.parsed += c.parsed
	b.probes += c.probes
	b.unmade += c.unmade
	b.late += c.late
	b.belated += c.belated
	b.added += c.added
	b.changed += c.changed
	b.removed += c.removed
	b.hostBite.add(&c.hostBite)
}

// countCut notes what a cut that is over has done.
func (b *bite) countCut(c netmodel.CutStats) {
	b.cut, b.inFlight = c.AtSend+c.InFlight, c.InFlight
}

// countDegradation notes what a degradation that is over has done.
func (b *bite) countDegradation(d netmodel.DegradationStats) {
	b.lost, b.damaged, b.doubled, b.held = d.Lost, d.Corrupted, d.Duplicated, d.Reordered
	b.slowed, b.tooBig = d.Delayed, d.TooBig
}

// countLimit notes what a limit that is over has done.
func (b *bite) countLimit(l netmodel.LimitStats) {
	b.slowed, b.queued, b.overflow = l.Carried, l.Queued, l.Dropped
}

// countOrder notes that an operator's word of an origin has been heard, which until then was or was
// not to be checked.
func (b *bite) countOrder(before, after bool) {
	switch {
	case before && after:
		b.changed++
	case after:
		b.added++
	case before:
		b.removed++
	}
}

// describe says how faults of a kind bit, in a clause; empty if they did not.
func (b *bite) describe(kind scenarios.FaultKind) string {
	switch {
	case b.nothing():
		return ""
	case kind == scenarios.Partition, kind == scenarios.NoDatagrams, kind == scenarios.NoStreams:
		return fmt.Sprintf("%s cut off, %d in flight", several(b.cut, "message"), b.inFlight)
	case kind == scenarios.Uplink:
		return fmt.Sprintf("%s failed, %s cut off, %d in flight",
			several(b.probes, "probe"), several(b.cut, "message"), b.inFlight)
	case kind == scenarios.NoSockets:
		return several(b.unmade, "probe") + " could not be made"
	case kind == scenarios.Register:
		return fmt.Sprintf("%s registered, %d changed", several(b.added, "origin"), b.changed)
	case kind == scenarios.Unregister:
		return several(b.removed, "origin") + " removed"
	case kind == scenarios.Clog:
		return several(b.held, "message") + " waited for the end"
	case kind == scenarios.Limit:
		return fmt.Sprintf("%s slowed down, %d of them queued, %d dropped",
			several(b.slowed, "packet"), b.queued, b.overflow)
	case kind == scenarios.Forge:
		return fmt.Sprintf("%s forged, %d of them well-formed",
			several(b.forged, "datagram"), b.parsed)
	case b.packets() > 0:
		return b.describePackets()
	case kind == scenarios.OriginDown:
		return fmt.Sprintf("%s went down, %d came back", several(b.struck, "origin"), b.returned)
	case kind == scenarios.Pause:
		return several(b.struck, "server") + " stood still" + b.delays()
	case kind == scenarios.Block:
		return several(b.struck, "server") + " blocked" + b.delays()
	case kind == scenarios.Leave:
		return fmt.Sprintf("%s left, %d came back", several(b.struck, "server"), b.returned)
	}
	if text := b.describeHosts(kind); text != "" {
		return text
	}
	return fmt.Sprintf("%s went down, %d came back", several(b.struck, "server"), b.returned) + b.returns()
}

func (b *bite) nothing() bool {
	return b.unsaved+b.drifted+b.misdated+b.struck+b.cut+b.probes+b.unmade+b.added+b.changed+b.removed+
		b.queued+b.overflow+b.forged+b.packets() == 0
}

// packets is how many packets something has become of, counted once for each thing.
func (b *bite) packets() int {
	return b.lost + b.doubled + b.held + b.damaged + b.slowed + b.tooBig
}

// describePackets says what became of packets, on every link.
func (b *bite) describePackets() string {
	switch {
	case b.doubled > 0:
		return several(b.doubled, "packet") + " doubled"
	case b.held > 0:
		return several(b.held, "packet") + " held back"
	case b.passed > 0:
		return fmt.Sprintf("%s damaged, %d of them given away by the checksum alone",
			several(b.damaged, "packet"), b.passed)
	case b.damaged > 0:
		return several(b.damaged, "packet") + " damaged"
	case b.slowed > 0:
		return several(b.slowed, "packet") + " slowed down"
	case b.tooBig > 0:
		return several(b.tooBig, "datagram") + " too big"
	}
	return several(b.lost, "packet") + " lost"
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
		if kind == scenarios.Corrupt {
			total.passed = w.passed
		}
		if kind == scenarios.Upgrade {
			total.refused = w.refused
		}
		if count > 0 {
			reports = append(reports, FaultReport{kind, count, total.describe(kind)})
		}
	}
	return reports
}
