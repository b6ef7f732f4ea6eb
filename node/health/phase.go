package health

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// phase is how this server stands to an origin.
type phase uint8

const (
	idle     phase = iota // somebody who ranks higher checks it, or this server may not
	waiting               // due in the queue: when this server starts to check
	checking              // due in the queue: the next probe
)

// decide applies the rule of the package documentation to one origin. It is called when anything
// that the rule looks at has changed; calling it more often changes nothing.
func (c *Checks) decide(now clock.Time, origin uint32) {
	o := &c.origins[origin]
	switch {
	case !c.active || !o.known || c.covered(o):
		c.becomeIdle(origin)
	case o.phase == checking:
	case o.rank == 0:
		c.becomeChecking(now, origin)
	default:
		c.becomeWaiting(now, origin)
	}
}

// covered reports whether somebody who ranks higher is seen to check the origin. The claim of an
// earlier life is no evidence: a server that restarted remembers nothing of it.
func (c *Checks) covered(o *origin) bool {
	return o.claimOutranks && c.members.liveIn(o.claimant, o.claimGeneration)
}

func (c *Checks) becomeIdle(origin uint32) {
	o := &c.origins[origin]
	if o.phase == checking {
		c.checking--
		c.emit(node.CheckEnded, origin, 0)
	}
	o.phase, o.outstanding = idle, false
	c.queue.remove(origin)
}

// becomeWaiting starts to wait, or shortens the wait when fewer outrank this server than before. A
// wait never gets longer: newcomers above must not put off for ever what nobody checks.
func (c *Checks) becomeWaiting(now clock.Time, origin uint32) {
	o := &c.origins[origin]
	deadline := now.Add(time.Duration(o.rank) * c.cfg.RankWait)
	if o.phase != waiting || deadline < c.queue.at(origin) {
		o.phase = waiting
		c.queue.set(origin, deadline)
	}
}

// becomeChecking takes the origin over as the record has it.
func (c *Checks) becomeChecking(now clock.Time, origin uint32) {
	o := &c.origins[origin]
	o.phase, o.status, o.streak = checking, o.recorded, 0
	c.checking++
	c.queue.set(origin, c.cfg.firstProbe(now, &c.rand))
	c.emit(node.CheckBegan, origin, uint64(o.rank))
}

// beatsPerInterval is how many times an interval a server starts probes.
const beatsPerInterval = 50

// firstProbe draws when to probe an origin for the first time: within the interval that begins now,
// at random, so that origins taken over together are not probed together ever after. But only on a
// beat, a multiple of a fiftieth of the interval: probes on one beat share one timer.
func (cfg *Config) firstProbe(now clock.Time, rand *rng.Rand) clock.Time {
	beat := max(1, cfg.Interval/beatsPerInterval)
	drawn := now.Add(time.Duration(rand.Below(uint64(cfg.Interval - beat + 1))))
	return drawn.Add(beat - 1 - (drawn.Since()+beat-1)%beat)
}
