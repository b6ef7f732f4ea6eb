package checkers

import (
	"slices"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Disruption checks minimal-disruption (Thaler and Ravishankar, "Using Name-Based Mappings to
// Increase Hit Rates", 1998), of the placement and of what the servers make of it:
//
//   - whenever a side has one live server more or less than a side before it, its placement moves
//     only origins of the server that went, or only origins to the server that came. All origins
//     that are to be checked are looked at, and none is sampled;
//   - at rest, and after such changes since, servers begin to check only origins that have moved,
//     or of which an operator has spoken.
//
// It measures moved_share, how many of the origins to be checked such a change moves, the mean over
// all of them, and moved_share_expected, which is 1/n of n servers, the mean likewise; both are
// absent without one.
//
// It places every origin anew whenever sides change, and keeps 4 bytes per side and origin.
type Disruption struct {
	owner   Owner
	rest    rest
	wanted  wanted
	pending topologyChange
	parts   []part // the sides of now

	watching bool   // there has been rest, and nothing since that moves more than it must
	moved    []bool // by origin: moved since there was rest

	changes         int
	share, expected float64 // sums over the changes; for the report only
}

// part is a side and its placement.
type part struct {
	hosts  []node.ID // ascending
	owners []node.ID // by origin
}

// NewDisruption returns a checker. Rest begins bound after the last fault.
func NewDisruption(bound time.Duration, origins Origins, owner Owner) *Disruption {
	return &Disruption{
		owner: owner, rest: rest{bound: bound}, wanted: newWanted(origins),
		moved: make([]bool, origins.Count),
	}
}

// Watches implements [Checker].
func (d *Disruption) Watches() Kind { return Event | topology | OriginRegistered | Healed | Ended }

// Observe implements [Checker].
func (d *Disruption) Observe(o *Observation, view View, report *Report) {
	if d.pending.waiting && d.pending.at < o.At {
		d.form(report)
	}
	switch o.Kind {
	case Event:
		if o.Event.Kind == node.CheckBegan {
			d.judgeCheck(o, report)
		}
		return
	case Ended:
		d.measure(report)
		return
	case OriginRegistered:
		d.settle(o.At)
		d.wanted.observe(o)
		d.moved[o.Origin] = true
	case Reachability:
		d.settle(o.At)
		d.pending.take(o.At, view)
	default:
		d.settle(o.At)
	}
	d.rest.observe(o)
}

// settle notes that there was rest, if there was: from here on nothing has moved.
func (d *Disruption) settle(at clock.Time) {
	if d.rest.begins(at) {
		d.watching = true
		clear(d.moved)
	}
}

// judgeCheck judges the beginning of a check. Between rest and the end of the instant in which
// sides change nothing is known yet of what has moved.
func (d *Disruption) judgeCheck(o *Observation, report *Report) {
	d.settle(o.At)
	if !d.watching || d.pending.waiting || d.moved[o.Event.Subject] {
		return
	}
	report.Violate(PropertyMinimalDisruption, o.At,
		"host %d begins to check origin %d at %v, which no change has moved since there was rest",
		o.Host, o.Event.Subject, o.At)
}

// form replaces the sides by those that are waiting, and compares the placements.
func (d *Disruption) form(report *Report) {
	d.pending.waiting = false
	next := make([]part, d.pending.sides)
	for host, side := range d.pending.side {
		if side >= 0 {
			next[side].hosts = append(next[side].hosts, node.ID(host))
		}
	}
	for i := range next {
		d.place(&next[i], report)
	}
	d.parts = next
}

// place places all origins on a new side, and judges what that moves.
func (d *Disruption) place(side *part, report *Report) {
	if d.inherits(side) {
		return
	}
	side.owners = make([]node.ID, len(d.moved))
	for origin := range side.owners {
		side.owners[origin] = d.owner(uint32(origin), side.hosts)
	}
	single := false
	for i := range d.parts {
		if host, came, is := difference(d.parts[i].hosts, side.hosts); is {
			single = true
			d.compare(&d.parts[i], side, host, came, report)
		}
	}
	d.watching = d.watching && single
}

// inherits takes over the placement of an old side with the same servers, if there is one.
func (d *Disruption) inherits(side *part) bool {
	for _, old := range d.parts {
		if slices.Equal(old.hosts, side.hosts) {
			side.owners = old.owners
			return true
		}
	}
	return false
}

// difference returns the one host that is in before or in after and not in both, and whether it
// came; single is false if there is none or there are more. Both are ascending, and not empty.
func difference(before, after []node.ID) (host node.ID, came, single bool) {
	larger, smaller := before, after
	if came = len(after) > len(before); came {
		larger, smaller = after, before
	}
	if len(larger) != len(smaller)+1 {
		return node.Nobody, false, false
	}
	at := 0
	for at < len(smaller) && larger[at] == smaller[at] {
		at++
	}
	return larger[at], came, slices.Equal(larger[at+1:], smaller[at:])
}

// compare judges what moved because one host came or went.
func (d *Disruption) compare(before, after *part, host node.ID, came bool, report *Report) {
	moved := 0
	for origin, owner := range after.owners {
		was := before.owners[origin]
		if was == owner || !d.wanted.is[origin] {
			continue
		}
		moved++
		d.moved[origin] = true
		if came && owner != host || !came && was != host {
			d.violate(uint32(origin), was, owner, host, came, report)
		}
	}
	if d.wanted.count > 0 {
		d.changes++
		d.share += float64(moved) / float64(d.wanted.count)
		d.expected += 1 / float64(max(len(before.hosts), len(after.hosts)))
	}
}

func (d *Disruption) violate(
	origin uint32, was, owner, host node.ID, came bool, report *Report,
) {
	change := "went"
	if came {
		change = "came"
	}
	report.Violate(PropertyMinimalDisruption, d.pending.at,
		"origin %d moves from %s to %s at %v, where only host %d %s",
		origin, hostName(was), hostName(owner), d.pending.at, host, change)
}

func (d *Disruption) measure(report *Report) {
	if d.changes > 0 {
		report.Metric("moved_share", d.share/float64(d.changes))
		report.Metric("moved_share_expected", d.expected/float64(d.changes))
	}
}
