package routing

import (
	"math"
	"time"

	"butterfly/sim/clock"
)

// countDeparture notes that an origin leaves rotation: one more of those not forgiven yet.
func (t *Table) countDeparture(now clock.Time, o *origin) {
	if now.Sub(o.rejoined) >= t.config.Forgiveness {
		o.departures = 0
	}
	if o.departures < math.MaxUint8 {
		o.departures++
	}
}

// recover begins the return of an origin that is healthy again.
func (t *Table) recover(now clock.Time, origin uint32) {
	wait := t.debounce(t.origins[origin].departures)
	if wait == 0 {
		t.rejoin(now, origin)
		return
	}
	t.change(origin, returning)
	t.schedule(origin, now.Add(wait))
}

// debounce is how long an origin has to be healthy after so many departures.
func (t *Table) debounce(departures uint8) time.Duration {
	if departures == 0 {
		return 0
	}
	wait := t.config.Debounce
	for ; departures > 1 && 0 < wait && wait < t.config.LongestDebounce; departures-- {
		wait *= 2
	}
	return min(wait, t.config.LongestDebounce)
}

func (t *Table) rejoin(now clock.Time, origin uint32) {
	t.origins[origin].rejoined = now
	t.change(origin, serving)
}
