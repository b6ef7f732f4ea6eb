package checkers

import (
	"slices"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Unchecked measures for how long nobody was checking what was to be checked. Unlike [AtLeastOne]
// it does not look at probes but at who says that it is checking, and promises nothing:
//
//	unchecked_seconds           origin-seconds during which no live server of a side was checking
//	                            an origin that some server of the side knows is to be checked; an
//	                            origin counts once per such side
//	unchecked_minority_seconds  those of them on sides with fewer than half of all servers, up or
//	                            not, while there was more than one side; absent if there was no
//	                            such side
//
// A side counts once the first of its servers has been up for as long as it takes to join.
//
// An announcement costs no allocation. Memory is 28 bytes per origin, and 4 more per side and per
// checker of it.
type Unchecked struct {
	grace    time.Duration
	registry registry
	duties   duties
	sides    []uncheckedSide // by number, as of the last Reachability

	// microseconds is the sum over the sides that are no more, minority its part of small ones. A
	// day of 100,000 origins is 2^53.
	microseconds, minority int64
	outnumbered            bool // there has been a small side
}

// uncheckedSide is what is checked on a side.
//
// Invariants: cells[o].checkers is how many of the side's servers are checking origin o; unchecked
// is how many origins are owed and have none.
type uncheckedSide struct {
	cells     []uncheckedOrigin
	unchecked int
	servers   int
	ready     clock.Time // when the first of the servers can have joined

	counted      clock.Time // up to where the sum over the origins is complete
	microseconds int64
}

type uncheckedOrigin struct {
	checkers uint16
	owed     bool
}

// NewUnchecked returns a checker. A server takes up to grace after its start until it checks, and
// an operator's word up to news to reach a whole side.
func NewUnchecked(origins Origins, news, grace time.Duration) *Unchecked {
	return &Unchecked{
		grace: grace, registry: newRegistry(origins, news), duties: newDuties(origins.Count),
	}
}

// Watches implements [Checker].
func (u *Unchecked) Watches() Kind { return Event | ordering | Ended }

// Observe implements [Checker].
func (u *Unchecked) Observe(o *Observation, view View, report *Report) {
	if o.Kind == Event {
		u.event(o)
		return
	}
	u.registry.observe(o, view)
	switch o.Kind {
	case HostDown:
		u.duties.crashed(o.Host) // the sides change with it, and are formed anew
	case Reachability:
		u.dissolve(o.At)
		u.form(o.At, view)
	case OriginRegistered:
		u.ordered(o)
	case Ended:
		u.dissolve(o.At)
		u.measure(report)
	}
}

func (u *Unchecked) event(o *Observation) {
	origin := o.Event.Subject
	switch o.Event.Kind {
	case node.CheckBegan:
		if side := u.sideOf(o.Host); u.duties.began(o.Host, origin) && side != nil {
			side.began(origin, o.At)
		}
	case node.CheckEnded:
		if side := u.sideOf(o.Host); u.duties.ended(o.Host, origin) && side != nil {
			side.ended(origin, o.At)
		}
	}
}

// sideOf returns the side that host is on, nil if it is on none yet.
func (u *Unchecked) sideOf(host node.ID) *uncheckedSide {
	if number := u.registry.sides.side[host]; number >= 0 {
		return &u.sides[number]
	}
	return nil
}

// ordered takes an operator's word about an origin, after the registry.
func (u *Unchecked) ordered(o *Observation) {
	for number := range u.sides {
		owes := u.registry.demandOn(number, o.Origin) == owed
		u.sides[number].owe(o.Origin, owes, o.At)
	}
}

// dissolve adds up what the sides came to.
func (u *Unchecked) dissolve(at clock.Time) {
	for number := range u.sides {
		side := &u.sides[number]
		side.advance(at)
		u.microseconds += side.microseconds
		if u.small(side) {
			u.minority += side.microseconds
			u.outnumbered = true
		}
	}
}

// small reports whether a side has fewer than half of all servers, and is not the only one.
func (u *Unchecked) small(side *uncheckedSide) bool {
	return len(u.sides) > 1 && 2*side.servers < len(u.registry.sides.side)
}

// form takes over the sides from the registry and counts anew.
func (u *Unchecked) form(at clock.Time, view View) {
	u.sides = slices.Grow(u.sides[:0], view.Sides())[:view.Sides()]
	for number := range u.sides {
		u.sides[number].clear(len(u.duties.checkers), at)
	}
	for host := range u.registry.sides.side {
		if side := u.sideOf(node.ID(host)); side != nil {
			side.join(u.registry.sides.started[host].Add(u.grace))
		}
	}
	for origin, hosts := range u.duties.checkers {
		u.count(uint32(origin), hosts, at)
	}
}

// count counts the checkers of one origin on every side.
func (u *Unchecked) count(origin uint32, hosts []node.ID, at clock.Time) {
	for _, host := range hosts {
		if side := u.sideOf(host); side != nil {
			side.cells[origin].checkers++
		}
	}
	for number := range u.sides {
		u.sides[number].owe(origin, u.registry.demandOn(number, origin) == owed, at)
	}
}

func (u *Unchecked) measure(report *Report) {
	report.Metric("unchecked_seconds", float64(u.microseconds)/1e6)
	if u.outnumbered {
		report.Metric("unchecked_minority_seconds", float64(u.minority)/1e6)
	}
}

// clear makes a side without servers that owes nothing.
func (s *uncheckedSide) clear(origins int, at clock.Time) {
	cells := slices.Grow(s.cells[:0], origins)[:origins]
	clear(cells)
	*s = uncheckedSide{cells: cells, ready: clock.Never, counted: at}
}

// join adds a server that can have joined at the given time.
func (s *uncheckedSide) join(ready clock.Time) {
	s.servers++
	s.ready = min(s.ready, ready)
}

func (s *uncheckedSide) began(origin uint32, at clock.Time) {
	s.change(origin, at, func(c *uncheckedOrigin) { c.checkers++ })
}

func (s *uncheckedSide) ended(origin uint32, at clock.Time) {
	s.change(origin, at, func(c *uncheckedOrigin) { c.checkers-- })
}

func (s *uncheckedSide) owe(origin uint32, owed bool, at clock.Time) {
	s.change(origin, at, func(c *uncheckedOrigin) { c.owed = owed })
}

// change changes what is known of an origin, and counts it if that leaves it unchecked.
func (s *uncheckedSide) change(origin uint32, at clock.Time, to func(*uncheckedOrigin)) {
	s.advance(at)
	c := &s.cells[origin]
	s.unchecked -= oneIf(c.unchecked())
	to(c)
	s.unchecked += oneIf(c.unchecked())
}

func (c *uncheckedOrigin) unchecked() bool { return c.owed && c.checkers == 0 }

// advance brings the sum up to a moment at which the count is about to change.
func (s *uncheckedSide) advance(at clock.Time) {
	if from := max(s.counted, s.ready); from < at {
		s.microseconds += int64(s.unchecked) * microsecondsBetween(from, at)
	}
	s.counted = at
}
