package world

import (
	"time"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/clock"
)

// wall is how wrong what a host tells the time by is, by the faults in force.
type wall struct {
	ratePPM int64
	offset  time.Duration
}

// hostClock is the clock of one life that does not show the time. It is monotonic: the wall clock
// is read once, when the life begins.
type hostClock struct {
	since   clock.Time // when the rate last changed
	shown   clock.Time // what it showed then
	ratePPM int64      // how much faster than time it has run since; above -million
}

const (
	million = 1_000_000
	// mostRatePPM bounds the rate that faults add up to: clocks stand still at -million.
	mostRatePPM = 900_000
)

// at is what the clock shows at a time not before since.
func (c *hostClock) at(now clock.Time) clock.Time {
	elapsed := int64(now - c.since)
	gained := elapsed/million*c.ratePPM + elapsed%million*c.ratePPM/million
	return c.shown + clock.Time(elapsed+gained)
}

// reaches is when the clock first shows an instant or a later one, since at the earliest.
func (c *hostClock) reaches(shown clock.Time) clock.Time {
	switch {
	case shown == clock.Never:
		return clock.Never
	case shown <= c.shown:
		return c.since
	}
	span, pace := int64(shown-c.shown), million+c.ratePPM
	at := c.since + clock.Time(span/pace*million+span%pace*million/pace)
	for c.at(at) < shown {
		at++
	}
	for at > c.since && c.at(at-1) >= shown {
		at--
	}
	return at
}

// time is what the host's clock shows.
func (h *host[M]) time(now clock.Time) clock.Time {
	if h.clock == nil {
		return now
	}
	return h.clock.at(now)
}

// when is the time at which the host's clock shows an instant.
func (h *host[M]) when(shown clock.Time) clock.Time {
	if h.clock == nil {
		return shown
	}
	return h.clock.reaches(shown)
}

// lasts is how long it takes the host's clock to go on by a span, from now.
func (h *host[M]) lasts(now clock.Time, span time.Duration) time.Duration {
	if h.clock == nil {
		return span
	}
	return h.clock.reaches(h.clock.at(now).Add(span)).Sub(now)
}

// readWall starts the clock of a life by the host's wall clock, which shows no time before the
// start of the run.
func (w *World[M]) readWall(id node.ID) {
	h := &w.hosts[id]
	h.clock = nil
	if h.wall != (wall{}) {
		now := w.Now()
		h.clock = &hostClock{
			since: now, shown: max(0, now.Add(h.wall.offset)), ratePPM: h.wall.rate(),
		}
		w.countMisdated(id)
	}
}

func (l *wall) rate() int64 { return max(-mostRatePPM, min(l.ratePPM, mostRatePPM)) }

// disturbClocks begins (by 1) or ends (by -1) a fault of clocks.
func (w *World[M]) disturbClocks(f *scenarios.Fault, b *bite, by int64) {
	for _, id := range f.Hosts {
		h := &w.hosts[id]
		h.wall.offset += f.Offset.Duration() * time.Duration(by)
		if f.RatePPM != 0 {
			h.wall.ratePPM += int64(f.RatePPM) * by
			w.changeRate(id)
		}
		if f.RatePPM != 0 && by > 0 && w.Up(id) {
			b.drifted++
		}
	}
}

// changeRate gives the clock of a host that is up its new rate: it goes on from what it shows, and
// the alarms go off when it shows what they are set to.
func (w *World[M]) changeRate(id node.ID) {
	h, now := &w.hosts[id], w.Now()
	if !w.Up(id) {
		return
	}
	before := hostClock{since: now, shown: now}
	if h.clock != nil {
		before = *h.clock
	}
	h.clock = &hostClock{since: now, shown: before.at(now), ratePPM: h.wall.rate()}
	for t := range node.TimerID(node.MaxTimers) {
		if at, set := w.kernel.Alarm(id, t); set && at > now {
			w.kernel.SetTimer(id, t, h.clock.reaches(before.at(at)))
		}
	}
}

// countMisdated counts a life that begins with a wrong wall clock with each fault that makes it so.
func (w *World[M]) countMisdated(id node.ID) {
	w.eachInForce(scenarios.Clock, id, func(f *scenarios.Fault, b *bite) {
		if f.Offset != 0 {
			b.misdated++
		}
	})
}

// noteAstray notes how far the clocks of a fault are off before it ends.
func (w *World[M]) noteAstray(f *scenarios.Fault, b *bite) {
	for _, id := range f.Hosts {
		if h := &w.hosts[id]; w.Up(id) && h.clock != nil {
			b.astray = max(b.astray, h.time(w.Now()).Sub(w.Now()).Abs())
		}
	}
}
