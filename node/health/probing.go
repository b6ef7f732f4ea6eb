package health

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// Due does what is due at now, and returns the first probe to make that it comes upon; to be called
// until it reports false.
func (c *Checks) Due(now clock.Time) (node.Probe, bool) {
	for c.queue.next() <= now {
		origin := c.queue.first()
		if c.origins[origin].phase == waiting {
			c.becomeChecking(now, origin)
		} else if probe, ok := c.tick(now, origin); ok {
			return probe, true
		}
	}
	return node.Probe{}, false
}

// tick probes an origin whose time has come, unless its last probe is still unanswered. However
// late it is, it makes one probe and goes on in step: the ticks missed while the server was paused
// are lost.
func (c *Checks) tick(now clock.Time, origin uint32) (node.Probe, bool) {
	due, interval := c.queue.at(origin), c.cfg.Interval
	if late := now.Sub(due); late >= interval { // rare, and a division is not cheap
		due = due.Add(late / interval * interval)
	}
	c.queue.repeat(origin, due.Add(interval))
	o := &c.origins[origin]
	if o.outstanding {
		return node.Probe{}, false
	}
	o.token++
	o.outstanding = true
	return node.Probe{Origin: origin, Token: o.token, Timeout: c.cfg.Timeout}, true
}

// Probed takes the result of a probe. It returns what this server now believes of the origin, and
// whether it has to write that to the map as its claim: because the status is news, or because the
// record is not by this life of this server. A result nobody waits for any more is ignored: not to
// be written.
func (c *Checks) Probed(_ clock.Time, result node.ProbeResult) (status Status, write bool) {
	o := &c.origins[result.Origin]
	if !o.outstanding || result.Token != o.token {
		return c.Status(result.Origin), false
	}
	o.outstanding = false
	if c.judge(o, result.Outcome == node.Succeeded) {
		c.emit(node.HealthChanged, result.Origin, uint64(o.status))
	}
	return o.status, o.status != o.recorded || !c.claims(o)
}

// judge counts one result and reports whether it changed the status.
func (c *Checks) judge(o *origin, up bool) bool {
	found := Unhealthy
	if up {
		found = Healthy
	}
	if found == o.status {
		o.streak = 0
		return false
	}
	o.streak++
	if int(o.streak) < c.threshold(o.status) {
		return false
	}
	o.status, o.streak = found, 0
	return true
}

// threshold is how many results in a row it takes to leave a status.
func (c *Checks) threshold(status Status) int {
	switch status {
	case Healthy:
		return c.cfg.Fall
	case Unhealthy:
		return c.cfg.Rise
	}
	return 1
}

// claims reports whether the record is by this server in this life.
func (c *Checks) claims(o *origin) bool {
	return o.claimant == c.self && o.claimGeneration == c.generation
}
