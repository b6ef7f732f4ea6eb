package live

import (
	"time"

	"butterfly/sim/clock"
)

// timepiece tells the time of the machine: nanoseconds since 1970, as the wall clock had them when
// the node began, and since then by the monotonic clock, which never goes back.
type timepiece struct{ began time.Time }

func newTimepiece() timepiece { return timepiece{began: time.Now()} }

func (p timepiece) now() clock.Time {
	return clock.Time(p.began.UnixNano()).Add(time.Since(p.began))
}

// wall returns an instant as people write it.
func wall(t clock.Time) time.Time { return time.Unix(0, int64(t)) }
