package health

import (
	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Score ranks members for an origin: the higher score ranks higher, and of two equal scores the
// lower ID's. It must be pure, and the same function on every server; it is called once per origin
// for every member that comes or goes, and once per claim.
type Score func(origin uint32, member node.ID) uint64

// Checks is the health checking of one server in one of its lives. See the package documentation
// for the rule it follows and for what its caller owes it.
type Checks struct {
	cfg        Config
	self       node.ID
	generation uint64
	score      Score
	rand       rng.Rand

	active   bool
	members  members
	origins  []origin
	scores   []uint64 // of this server, by origin
	queue    queue    // when each waiting or checking origin is due
	checking int      // how many origins are in phase checking
	events   []node.Event
}

// origin is what this server knows of one origin: 32 bytes and no pointers, as there are tens of
// thousands of them per server and dozens of servers per process. A probe costs little more than
// fetching this from memory, so it lies in one cache line and scores, which no probe needs, apart.
type origin struct {
	claimGeneration uint64
	claimant        node.ID // node.Nobody if there is no record
	rank            uint32  // live members that outrank this server; 0: this server is the owner
	token           uint32  // of the latest probe
	outstanding     bool    // the latest probe has no result yet
	claimOutranks   bool    // the claimant ranks above this server, alive or not
	known           bool
	phase           phase
	recorded        Status // by the map
	status          Status // by this server's own probes; means something while checking
	streak          uint8  // latest results in a row that contradict status
	place           int32  // in the queue: heap index + 1, or -(slot in round) - 1, or 0
}

// New returns the checks of server self in the life named generation, over origins 0 to origins-1,
// all of them known and none with a record. No member but self is live, and nothing is checked
// before [Checks.Activate]. rand decides when in the interval each origin is probed. cfg must be
// valid.
func New(
	cfg Config, self node.ID, generation uint64, origins int, score Score, rand rng.Rand,
) *Checks {
	c := &Checks{
		cfg: cfg, self: self, generation: generation, score: score, rand: rand,
		origins: make([]origin, origins),
		scores:  make([]uint64, origins),
	}
	c.queue = newQueue(c.origins)
	for i := range c.origins {
		c.origins[i] = origin{claimant: node.Nobody, known: true}
		c.scores[i] = score(uint32(i), self)
	}
	return c
}

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

// Claimed takes the map's resolved record of an origin, after every change of it.
func (c *Checks) Claimed(now clock.Time, origin uint32, claim Claim) {
	o := &c.origins[origin]
	o.claimant, o.claimGeneration, o.recorded = claim.Claimant, claim.Generation, claim.Status
	o.claimOutranks = claim.Claimant != node.Nobody && c.outranks(origin, claim.Claimant)
	if o.status == Unknown {
		o.status = claim.Status // one result is not to overrule what others have long known
	}
	c.decide(now, origin)
}

// Learn tells that this server has come to know an origin that [Checks.Forget] took from it.
func (c *Checks) Learn(now clock.Time, origin uint32) {
	c.origins[origin].known = true
	c.decide(now, origin)
}

// Forget tells that this server does not know an origin, whatever its rank: servers learn of an
// origin at different moments, up to minutes apart. A server that has claimed an origin must not
// forget it while others go on knowing it: they would trust its claim for as long as it lives.
func (c *Checks) Forget(now clock.Time, origin uint32) {
	c.origins[origin].known = false
	c.decide(now, origin)
}

// Next returns when [Checks.Due] has something to do next, [clock.Never] if nothing is in sight. It
// may be in the past if Due has not been called.
func (c *Checks) Next() clock.Time { return c.queue.next() }

// TakeEvents returns what happened since it was last called, in order: [node.CheckBegan],
// [node.CheckEnded] and [node.HealthChanged]. The slice is valid until the next input.
func (c *Checks) TakeEvents() []node.Event {
	taken := c.events
	c.events = c.events[:0]
	return taken
}

// Checking reports whether this server checks origin.
func (c *Checks) Checking(origin uint32) bool { return c.origins[origin].phase == checking }

// CheckingCount returns how many origins this server checks.
func (c *Checks) CheckingCount() int { return c.checking }

// Status returns what this server believes of origin: by its own probes if it checks the origin, by
// the map's record if not.
func (c *Checks) Status(origin uint32) Status {
	o := &c.origins[origin]
	if o.phase != checking {
		return o.recorded
	}
	return o.status
}

// Owner returns the highest-ranked live member for origin. It takes one score per live member, and
// is meant for reports.
func (c *Checks) Owner(origin uint32) node.ID {
	owner, best := c.self, c.scores[origin]
	for id := range c.members.list {
		if member := node.ID(id); c.members.live(member) {
			if score := c.score(origin, member); ranksAbove(score, member, best, owner) {
				owner, best = member, score
			}
		}
	}
	return owner
}

func (c *Checks) emit(kind node.EventKind, origin uint32, detail uint64) {
	c.events = append(c.events, node.Event{Kind: kind, Subject: origin, A: detail})
}
