package checkers

import (
	"slices"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// overlaps follows which origins two or more servers of one side are checking, for how long, and
// what that comes of: whatever happened last of these, within the window before it began, or the
// last resort.
//
//	registration  an operator spoke of the origin
//	crash         a checker of the origin went down
//	pause         one of the checkers stood still
//	uplink        one of them had no uplink
//	partition     the side was cut, or joined with another
//	join          one of them came up
//	flapping      none: views differ
//
// An origin that is doubled on several sides at once has the cause of the first, and is doubled until
// it is on none of them.
//
// Invariants:
//
//  1. on[o] is the number of sides on which two or more servers are checking o
//  2. doubled[c] is the sum of on[o] over the origins with cause c
//  3. excess is the sum over sides and origins of how many are checking beyond the first
type overlaps struct {
	window  time.Duration
	duties  duties
	upsets  disturbances
	side    []int // by host at the last Reachability, -1 for down
	perSide []int // scratch

	on      []int32      // by origin
	causeOf []Cause      // by origin, while it is doubled
	since   []clock.Time // by origin: when it came to be doubled, while it is
	bereft  []clock.Time // by origin: when a checker of it last went down
	doubled [causes]int
	excess  int

	counted clock.Time // up to where these are complete:
	// spans are the integrals of doubled over time. An hour of 10,000 doubled origins is 2^55.
	spans [causes]time.Duration
	// excessMicroseconds is the integral of excess. A day of 20,000 origins checked by 200 is 2^59.
	excessMicroseconds int64
	lengths            [causes]samples // how long each overlap that is over lasted
}

func newOverlaps(origins int, window time.Duration) overlaps {
	return overlaps{
		window: window, duties: newDuties(origins), on: make([]int32, origins),
		causeOf: make([]Cause, origins), since: make([]clock.Time, origins),
		bereft: slices.Repeat([]clock.Time{beforeStart}, origins),
	}
}

// overlapping is the set of kinds that overlaps has to be shown.
const overlapping = Event | disturbing

// observe takes an observation of any kind. It reports whether it was of a new checker.
func (v *overlaps) observe(o *Observation, view View) (began bool) {
	if o.Kind == Event {
		return v.event(o)
	}
	v.upsets.observe(o, view)
	switch o.Kind {
	case HostDown:
		v.advance(o.At)
		v.bereave(o)
	case Reachability:
		v.advance(o.At)
		v.regroup(o.At, view)
	}
	return false
}

func (v *overlaps) event(o *Observation) (began bool) {
	origin := o.Event.Subject
	switch o.Event.Kind {
	case node.CheckBegan:
		if began = v.duties.began(o.Host, origin); began {
			v.began(o, origin)
		}
	case node.CheckEnded:
		if v.duties.ended(o.Host, origin) {
			v.ended(o, origin)
		}
	}
	return began
}

func (v *overlaps) began(o *Observation, origin uint32) {
	side := v.sideOf(o.Host)
	count := v.count(origin, side)
	if count < 2 {
		return
	}
	v.advance(o.At)
	v.excess++
	if count == 2 {
		v.double(origin, side, o.At)
	}
}

func (v *overlaps) ended(o *Observation, origin uint32) {
	count := v.count(origin, v.sideOf(o.Host))
	if count < 1 {
		return
	}
	v.advance(o.At)
	v.excess--
	if count == 1 {
		v.on[origin]--
		v.doubled[v.causeOf[origin]]--
		v.closeOver(origin, o.At)
	}
}

// double notes that origin has come to be doubled on a side.
func (v *overlaps) double(origin uint32, side int, at clock.Time) {
	if v.on[origin] == 0 {
		v.causeOf[origin], v.since[origin] = v.cause(origin, side, at), at
	}
	v.on[origin]++
	v.doubled[v.causeOf[origin]]++
}

// closeOver measures how long origin was doubled, if it is no more. What was over at once was none.
func (v *overlaps) closeOver(origin uint32, at clock.Time) {
	if since := v.since[origin]; v.on[origin] == 0 && at > since {
		v.lengths[v.causeOf[origin]].add(at.Sub(since))
	}
}

// finish measures what goes on when the run ends.
func (v *overlaps) finish(at clock.Time) {
	v.advance(at)
	for origin, on := range v.on {
		if on > 0 {
			v.on[origin] = 0
			v.closeOver(uint32(origin), at)
		}
	}
}

// cause returns why origin is doubled on a side.
func (v *overlaps) cause(origin uint32, side int, at clock.Time) Cause {
	c := candidate{Flapping, at.Add(-v.window) - 1}
	c.consider(Registration, v.upsets.ordered(origin))
	c.consider(Crash, v.bereft[origin])
	for _, host := range v.duties.checkers[origin] {
		if v.sideOf(host) == side {
			c.consider(Pause, v.upsets.stalled[host])
			c.consider(LostUplink, v.upsets.offline[host])
			c.consider(Partition, v.upsets.disturbed(host))
			c.consider(Join, v.upsets.started(host))
		}
	}
	return c.cause
}

// candidate is the cause that happened last, of those considered. Of several at once it is the
// first in the order of their numbers: a lost uplink is a partition, too.
type candidate struct {
	cause Cause
	at    clock.Time
}

func (c *candidate) consider(cause Cause, at clock.Time) {
	if at > c.at || at == c.at && cause < c.cause {
		c.cause, c.at = cause, at
	}
}

// bereave notes that a host is down. The sides change with it, and are counted anew.
func (v *overlaps) bereave(o *Observation) {
	for origin := range v.duties.checkers {
		if v.duties.ended(o.Host, uint32(origin)) {
			v.bereft[origin] = o.At
		}
	}
}

// advance brings the integrals up to a moment at which what they are of is about to change.
func (v *overlaps) advance(at clock.Time) {
	for cause, count := range v.doubled {
		v.spans[cause] += time.Duration(count) * at.Sub(v.counted)
	}
	v.excessMicroseconds += int64(v.excess) * microsecondsBetween(v.counted, at)
	v.counted = at
}

// regroup takes over the sides from view and counts anew.
func (v *overlaps) regroup(at clock.Time, view View) {
	v.side = v.side[:0]
	for host := range view.Hosts() {
		v.side = append(v.side, view.Side(node.ID(host)))
	}
	v.perSide = slices.Grow(v.perSide[:0], view.Sides())[:view.Sides()]
	v.doubled, v.excess = [causes]int{}, 0
	for origin := range v.duties.checkers {
		v.recount(uint32(origin), at)
	}
}

// recount counts the checkers of one origin anew. An overlap that goes on keeps its cause.
func (v *overlaps) recount(origin uint32, at clock.Time) {
	was := v.on[origin]
	v.on[origin] = 0
	v.eachDouble(origin, func(side, beyond int) {
		v.excess += beyond
		if v.on[origin] > 0 || was > 0 {
			v.on[origin]++
			v.doubled[v.causeOf[origin]]++
		} else {
			v.double(origin, side, at)
		}
	})
	if was > 0 {
		v.closeOver(origin, at)
	}
}

// eachDouble calls yield for every side with two or more checkers of origin, with how many there
// are beyond the first.
func (v *overlaps) eachDouble(origin uint32, yield func(side, beyond int)) {
	if len(v.duties.checkers[origin]) < 2 {
		return
	}
	clear(v.perSide)
	for _, host := range v.duties.checkers[origin] {
		if side := v.sideOf(host); side >= 0 {
			v.perSide[side]++
		}
	}
	for side, count := range v.perSide {
		if count >= 2 {
			yield(side, count-1)
		}
	}
}

// count returns how many servers of a side are checking origin, and 0 for side -1: who is down is
// on no side.
func (v *overlaps) count(origin uint32, side int) int {
	count := 0
	for _, host := range v.duties.checkers[origin] {
		count += oneIf(side >= 0 && v.sideOf(host) == side)
	}
	return count
}

// sideOf returns the side of host at the last Reachability, -1 if it was down or unknown.
func (v *overlaps) sideOf(host node.ID) int {
	if int(host) >= len(v.side) {
		return -1
	}
	return v.side[host]
}

// total is how many pairs of side and origin are doubled now.
func (v *overlaps) total() (pairs int) {
	for _, count := range v.doubled {
		pairs += count
	}
	return pairs
}
