package routing

import "butterfly/sim/clock"

// origin is what the table keeps of one: 24 bytes.
type origin struct {
	rejoined   clock.Time // when it last came into rotation
	pool       uint32
	slot       uint32 // its place among the pool's members
	wait       uint32 // of waits, while it waits; 0 for none
	weight     uint16
	state      state
	departures uint8 // how often it left rotation without having been forgiven in between
}

// link names an origin, or none: it is 1 + the origin's number, 0 for none.
type link uint32

func linkTo(origin uint32) link { return link(origin + 1) }

func (l link) origin() uint32 { return uint32(l) - 1 }

// state is where an origin stands. The legal steps are those of the package documentation.
type state uint8

const (
	unknown   state = iota // it was never in the table
	removed                // it was taken out of the table
	serving                // in rotation and healthy
	leaving                // in rotation and unhealthy: it waits until the churn cap lets it go
	out                    // out of rotation and unhealthy
	returning              // out of rotation and healthy: it waits for its debounce to be over
)

func (s state) present() bool    { return s >= serving }
func (s state) inRotation() bool { return s == serving || s == leaving }
func (s state) waits() bool      { return s == leaving || s == returning }
