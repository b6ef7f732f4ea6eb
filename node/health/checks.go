package health

import (
	"fmt"
	"slices"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Score ranks members for an origin: the higher score ranks higher, and of two equal scores the
// lower ID's. It must be pure, and the same function on every server.
type Score func(origin uint32, member node.ID) uint64

// Checks is the health checking of one server in one of its lives: a [Prober], and the rule that
// says what it is to probe. See the package documentation for the rule and for what its caller owes
// it.
type Checks struct {
	prober     Prober
	origins    []origin
	self       node.ID
	active     bool
	generation uint64
	score      Score
	waits      queue // when each waiting origin is due
	members    members
	cfg        Config
	scratch    []queued
}

// origin is what this server knows of one origin, beside what its prober does: 24 bytes and no
// pointers.
type origin struct {
	claimGeneration uint64
	claimant        node.ID // node.Nobody if there is no record
	next, previous  uint32  // of those with this claimant, as number of origin + 1; 0 at the ends
	definition      uint16  // unregistered if it is not to be checked
	recorded        Status  // by the map
	phase           phase
}

// New returns the checks of server self in the life named generation, over origins 0 to origins-1,
// none of them registered and none with a record. No member but self is live, and nothing is
// checked before [Checks.Activate]. rand decides when in the interval each origin is probed. cfg
// must be valid.
func New(
	cfg Config, self node.ID, generation uint64, origins int, score Score, rand rng.Rand,
) *Checks {
	cfg.Definitions = slices.Clip(cfg.Definitions) // others may share them: Define is to copy them
	c := &Checks{
		cfg: cfg, self: self, generation: generation, score: score,
		origins: make([]origin, origins),
		waits:   newQueue(origins, 0),
		prober:  *NewProber(cfg.Definitions, origins, rand),
	}
	for i := range c.origins {
		c.origins[i] = origin{claimant: node.Nobody, definition: unregistered}
	}
	return c
}

// Define adds one more way of checking, to register origins with, and returns its number: the next
// one. Other servers may give it another. The error says what is wrong with it, or that there are no
// numbers left.
func (c *Checks) Define(d Definition) (number uint16, err error) {
	if len(c.cfg.Definitions) == unregistered {
		return 0, fmt.Errorf("health: there are %d definitions already, which is the most there may be",
			unregistered)
	}
	if err := d.Validate(); err != nil {
		return 0, err
	}
	c.cfg.Definitions = append(c.cfg.Definitions, d)
	c.prober.Define(d)
	return uint16(len(c.cfg.Definitions) - 1), nil
}

// Definitions returns all ways of checking, by number. They are not to be modified.
func (c *Checks) Definitions() []Definition { return c.cfg.Definitions }

// Activate starts the checking: the server has joined, its view and its map are as good as they
// get. Further calls change nothing.
func (c *Checks) Activate(now clock.Time) {
	if c.active {
		return
	}
	c.active = true
	for i := range c.origins {
		c.decide(now, uint32(i))
	}
}

// Register tells that origin is to be checked by the definition of that number, or by another one
// than before: then the status stays what it is.
func (c *Checks) Register(now clock.Time, origin uint32, definition uint16) {
	o := &c.origins[origin]
	if o.definition == definition {
		return
	}
	o.definition = definition
	if o.phase == checking {
		c.prober.Begin(now, origin, definition, Unknown)
	}
	c.decide(now, origin)
}

// Unregister tells that origin is not to be checked any more, or that it never was.
func (c *Checks) Unregister(now clock.Time, origin uint32) {
	c.origins[origin].definition = unregistered
	c.decide(now, origin)
}

// Known returns by which definition origin is to be checked; false if it is not to be checked.
func (c *Checks) Known(origin uint32) (definition uint16, known bool) {
	definition = c.origins[origin].definition
	return definition, definition != unregistered
}

// Claimed takes the map's resolved record of an origin, after every change of it.
func (c *Checks) Claimed(now clock.Time, origin uint32, claim Claim) {
	o := &c.origins[origin]
	c.reclaim(origin, claim.Claimant)
	o.claimGeneration, o.recorded = claim.Generation, claim.Status
	c.prober.publish(origin, c.published(claim))
	c.prober.Told(origin, claim.Status)
	c.decide(now, origin)
}

// Heard tells that a peer has been heard: this server's own network works.
func (c *Checks) Heard(now clock.Time) { c.prober.Heard(now) }

// Next returns when [Checks.Due] has something to do next, [clock.Never] if nothing is in sight. It
// may be in the past if Due has not been called.
func (c *Checks) Next() clock.Time { return min(c.waits.next(), c.prober.Next()) }

// Due does what is due at now, and returns the first probe to make that it comes upon; to be called
// until it reports false.
func (c *Checks) Due(now clock.Time) (node.Probe, bool) {
	for c.waits.next() <= now {
		c.endWait(now, c.waits.first)
	}
	return c.prober.Due(now)
}

// Probed takes the result of a probe. It returns what this server now believes of the origin, and
// whether it has to write that to the map as its claim: because the status is news, or because the
// record is not by this life of this server. A result that nobody waits for is not to be written,
// nor is anything while this server doubts its own network.
func (c *Checks) Probed(now clock.Time, result node.ProbeResult) (status Status, write bool) {
	status, taken := c.prober.Probed(now, result)
	if !taken {
		return c.Status(result.Origin), false
	}
	t := &c.prober.targets[uint32(result.Token)]
	t.rested = successor(t.rested)
	failed := status == Unhealthy && result.Outcome == node.Failed
	switch {
	case status == t.published || status == Unknown:
		return status, false
	case failed && !c.prober.confirms(now, t) || c.prober.InDoubt():
		return status, false
	case status == Unable: // withdraws a claim, and is none
		return status, c.claims(result.Origin)
	case result.Outcome == node.Unable || c.rests(t):
		return status, false
	}
	t.claimed = status
	return status, true
}

// claimRest is how many results have to come between two claims that say the same.
const claimRest = 10

// rests reports whether it is too early to claim an origin again. A claimant known to live is to
// learn that somebody who ranks higher checks. But two servers that each take the other for dead
// outbid one another as fast as the map carries it, until one has heard that the other lives; nobody
// learns anything from that, as long as the record says what both have found.
func (c *Checks) rests(t *target) bool {
	o := &c.origins[t.origin]
	return t.status == t.claimed && t.status == o.recorded && t.rested < claimRest &&
		!c.members.liveIn(o.claimant, o.claimGeneration)
}

// claims reports whether this server has a claim to withdraw: in this life, contested or not.
func (c *Checks) claims(origin uint32) bool {
	o := &c.origins[origin]
	return o.claimant == c.self && o.claimGeneration == c.generation && o.recorded.real()
}

// published returns what this server has said in this life if that is its claim and no other stands
// beside it, Unknown if not.
func (c *Checks) published(claim Claim) Status {
	if claim.Claimant == c.self && claim.Generation == c.generation && !claim.Contested {
		return claim.Status
	}
	return Unknown
}

// TakeEvents returns what happened since it was last called, in order: [node.CheckBegan],
// [node.CheckEnded] and what a [Prober] tells. The slice is valid until the next input.
func (c *Checks) TakeEvents() []node.Event { return c.prober.TakeEvents() }

// Checking reports whether this server checks origin.
func (c *Checks) Checking(origin uint32) bool { return c.origins[origin].phase == checking }

// CheckingCount returns how many origins this server checks.
func (c *Checks) CheckingCount() int { return c.prober.Count() }

// Status returns what this server believes of origin: by its own probes if it checks the origin, by
// the map's record if not.
func (c *Checks) Status(origin uint32) Status {
	if c.Checking(origin) {
		return c.prober.Status(origin)
	}
	return c.origins[origin].recorded
}
