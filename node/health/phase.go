package health

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// phase is how this server stands to an origin.
type phase uint8

const (
	idle     phase = iota // somebody who ranks higher checks it, or this server may not
	patient               // due in waits: when this server works out for how long it has to wait
	waiting               // due in waits: when this server starts to check
	checking              // probed
)

// decide applies the rule of the package documentation to one origin. It is called when anything
// that the rule looks at has changed; calling it more often changes nothing.
func (c *Checks) decide(now clock.Time, origin uint32) {
	o := &c.origins[origin]
	switch {
	case !c.active || o.definition == unregistered || c.covered(origin):
		c.becomeIdle(origin)
	case o.phase == idle:
		c.stepUp(now, origin)
	}
}

// covered reports whether somebody who ranks higher is seen to check the origin. The claim of an
// earlier life is no evidence, as a server that restarted remembers nothing of it; nor is the word
// of one that cannot probe.
func (c *Checks) covered(origin uint32) bool {
	o := &c.origins[origin]
	return o.recorded != Unable && c.members.liveIn(o.claimant, o.claimGeneration) &&
		c.outranks(origin, o.claimant)
}

func (c *Checks) becomeIdle(origin uint32) {
	o := &c.origins[origin]
	if o.phase == checking {
		c.prober.End(origin)
		c.prober.Told(origin, o.recorded)
		c.prober.emit(node.CheckEnded, origin, 0)
	}
	o.phase = idle
	c.waits.drop(origin)
}

// stepUp checks the origin at once if this server is its owner, and else gives those above time:
// one RankWait at least, so that its rank, which takes a score for every member, need not be known
// before that is over. Most often somebody has claimed the origin by then.
func (c *Checks) stepUp(now clock.Time, origin uint32) {
	if c.outranked(origin) {
		c.wait(patient, origin, c.deadline(now, 1))
	} else {
		c.becomeChecking(now, origin, 0)
	}
}

// endWait ends the wait of an origin that is due, or has it wait for the rest of its rank.
func (c *Checks) endWait(now clock.Time, due queued) {
	origin := due.number
	rank := c.rank(origin)
	if c.origins[origin].phase == patient && rank > 1 {
		if at := c.deadline(due.at, rank-1); at > now {
			c.wait(waiting, origin, at)
			return
		}
	}
	c.becomeChecking(now, origin, rank)
}

// becomeChecking takes the origin over as the record has it.
func (c *Checks) becomeChecking(now clock.Time, origin uint32, rank int) {
	o := &c.origins[origin]
	o.phase = checking
	c.waits.drop(origin)
	c.prober.Begin(now, origin, o.definition, o.recorded)
	c.prober.emit(node.CheckBegan, origin, uint64(rank))
}

// wait has an origin wait until at, in place of an earlier wait.
func (c *Checks) wait(as phase, origin uint32, at clock.Time) {
	c.origins[origin].phase = as
	c.waits.drop(origin)
	c.waits.add(origin, at)
}

func (c *Checks) deadline(now clock.Time, rank int) clock.Time {
	return now.Add(time.Duration(rank) * c.cfg.RankWait)
}

// hurryWaits cuts waits short after member id has gone: those for origins that it ranked above this
// server for. After its first RankWait a wait never gets longer: newcomers above must not put off
// for ever what nobody checks.
func (c *Checks) hurryWaits(now clock.Time, id node.ID) {
	c.scratch = c.waits.appendTo(c.scratch[:0])
	for _, wait := range c.scratch {
		if c.outranks(wait.number, id) {
			c.hurry(now, wait)
		}
	}
}

func (c *Checks) hurry(now clock.Time, wait queued) {
	origin := wait.number
	switch {
	case !c.outranked(origin):
		c.becomeChecking(now, origin, 0)
	case c.origins[origin].phase == waiting:
		if at := c.deadline(now, c.rank(origin)); at < wait.at {
			c.wait(waiting, origin, at)
		}
	}
}
