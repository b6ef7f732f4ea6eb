package world

import (
	"cmp"
	"time"

	"butterfly/netmodel"
	"butterfly/node"
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

// roundTripOf is how long the answer to a probe takes if there is one. It depends only on (seed,
// server, origin, life, token): each pair of a server and an origin has a stream of its own, and
// life and token are the place in it. The plain increment will do for streams so far apart, and
// saves half the hashing of [rng.Key.At2]: of all events probes are the most frequent.
func (o *origins) roundTripOf(host node.ID, life int, p *node.Probe) time.Duration {
	r := rng.New(rng.Mix(uint64(o.key) ^ (uint64(host)<<32 | uint64(p.Origin))))
	r.Skip(uint64(life)<<48 ^ p.Token)
	return o.roundTrip.Sample(&r)
}

// want notes whether an origin is to be checked, and returns whether it was until now and is.
func (o *origins) want(origin uint32, now bool) (before, after bool) {
	before, o.wanted[origin] = o.wanted[origin], now
	return before, now
}
