package world

import (
	"cmp"
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// origins is the truth about what is being health-checked.
type origins struct {
	key       rng.Key
	roundTrip netmodel.Latency
	outages   []uint32 // per origin, how many faults keep it down
	wanted    []bool   // per origin, whether by the operators' last word it is to be checked
}

func newOrigins(seed uint64, config Origins) origins {
	o := origins{
		key:       rng.Named(seed, "probe"),
		roundTrip: config.RoundTrip,
		outages:   make([]uint32, config.Count),
		wanted:    make([]bool, config.Count),
	}
	for origin := range cmp.Or(config.Configured, config.Count) {
		o.wanted[origin] = true
	}
	return o
}

func (o *origins) count() int { return len(o.outages) }

func (o *origins) up(origin uint32) bool { return o.outages[origin] == 0 }

// roundTripOf is how long the answer to a probe takes that begins now, if there is one. It depends
// only on (seed, server, origin, now): each pair of a server and an origin has a stream of its own,
// and the time is the place in it, so that no probe of another origin changes it. The plain increment
// will do for streams so far apart, and saves half the hashing of [rng.Key.At2]: of all events probes
// are the most frequent.
func (o *origins) roundTripOf(host node.ID, origin uint32, now clock.Time) time.Duration {
	r := rng.New(rng.Mix(uint64(o.key) ^ (uint64(host)<<32 | uint64(origin))))
	r.Skip(uint64(now))
	return o.roundTrip.Sample(&r)
}

// want notes whether an origin is to be checked, and returns whether it was until now and is.
func (o *origins) want(origin uint32, now bool) (before, after bool) {
	before, o.wanted[origin] = o.wanted[origin], now
	return before, now
}
