package world

import (
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
}

func newOrigins(seed uint64, config Origins) origins {
	return origins{
		key:       rng.Named(seed, "probe"),
		roundTrip: config.RoundTrip,
		outages:   make([]uint32, config.Count),
	}
}

func (o *origins) count() int { return len(o.outages) }

func (o *origins) up(origin uint32) bool { return o.outages[origin] == 0 }

// start decides what becomes of a probe: whether the origin answers as things stand, and when the
// prober knows. Its luck depends only on (seed, server, origin, life, token).
func (o *origins) start(host node.ID, life int, p *node.Probe) (outcome node.Outcome, delay time.Duration) {
	r := o.key.At2(uint64(host)<<32|uint64(p.Origin), uint64(life)<<32|uint64(p.Token))
	delay = o.roundTrip.Sample(&r)
	if !o.up(p.Origin) || delay > p.Timeout {
		return node.Failed, p.Timeout
	}
	return node.Succeeded, delay
}
