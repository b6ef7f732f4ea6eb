package checkers

import (
	"time"

	"butterfly/sim/clock"
)

// wanted knows which origins are to be checked by the last word of any operator, whoever has heard
// it, and for how long in all. It keeps a byte per origin.
type wanted struct {
	is      []bool // by origin
	count   int
	counted clock.Time
	// microseconds is the sum over the origins of the time each has been wanted, up to counted.
	// Those of 100,000 origins in a day are 2^53.
	microseconds int64
}

func newWanted(origins Origins) wanted {
	w := wanted{is: make([]bool, origins.Count)}
	for origin := range w.is {
		w.is[origin] = origins.configured(uint32(origin))
		w.count += oneIf(w.is[origin])
	}
	return w
}

// observe takes an observation of any kind. It reports whether an origin has come to be wanted, or
// not to be.
func (w *wanted) observe(o *Observation) (changed bool) {
	if o.Kind != OriginRegistered || w.is[o.Origin] == o.Up {
		return false
	}
	w.advance(o.At)
	w.is[o.Origin] = o.Up
	w.count += oneIf(o.Up) - oneIf(!o.Up)
	return true
}

// advance brings the sum up to a moment at which the count is about to change.
func (w *wanted) advance(at clock.Time) {
	w.microseconds += int64(w.count) * microsecondsBetween(w.counted, at)
	w.counted = at
}

// microsecondsBetween counts those that begin in between, so that spans which follow each other add
// up.
func microsecondsBetween(from, to clock.Time) int64 {
	return int64(to.Since()/time.Microsecond - from.Since()/time.Microsecond)
}
