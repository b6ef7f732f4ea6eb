// Package clock holds the one time type of the tree.
//
// A [Time] is an instant: integer nanoseconds since the run began. Spans between instants are
// [time.Duration] values, so configurations read naturally (500 * time.Millisecond). Nothing here reads
// a clock: in simulation the kernel says what time it is, live the driver does.
package clock

import (
	"math"
	"strconv"
	"time"
)

// Time is an instant in nanoseconds since the start of the run. The zero value is the start itself.
type Time int64

// Never is later than every instant a run can reach: the deadline of something not scheduled.
const Never Time = math.MaxInt64

// At returns the instant d after the start of the run.
func At(d time.Duration) Time { return Time(d) }

// Add returns t+d. A sum past the end of time is [Never]; Never plus anything stays Never.
func (t Time) Add(d time.Duration) Time {
	sum := t + Time(d)
	if t == Never || (d > 0 && sum < t) {
		return Never
	}
	return sum
}

// Sub returns the span from u to t.
func (t Time) Sub(u Time) time.Duration { return time.Duration(t - u) }

// Since returns the span from the start of the run to t.
func (t Time) Since() time.Duration { return time.Duration(t) }

// Seconds returns t in seconds, for reports only: no decision may depend on a float.
//
//arch:allow reports only
func (t Time) Seconds() float64 { return float64(t) / 1e9 }

// String prints t as seconds with millisecond precision ("12.345s"), or "never".
//
//arch:allow reports only
func (t Time) String() string {
	if t == Never {
		return "never"
	}
	return strconv.FormatFloat(t.Seconds(), 'f', 3, 64) + "s"
}
