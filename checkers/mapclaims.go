package checkers

import (
	"slices"

	"butterfly/node"
)

// mapCase is one replica that has just changed, before its judge.
type mapCase struct {
	*MapHistory
	r      *mapReplica
	o      *Observation
	report *Report
}

// claimVector takes up what the replica's vector says beyond what it said before. It reads both in
// one pass, and looks up only what differs.
func (c *mapCase) claimVector() {
	r, was := c.r, 0
	c.vector, c.actors = r.replica.Vector(c.vector[:0]), c.actors[:0]
	for _, claim := range c.vector {
		for was < len(r.claims) && r.claims[was].Actor < claim.Actor {
			c.judgeDropped(r.claims[was])
			was++
		}
		if was < len(r.claims) && r.claims[was].Actor == claim.Actor {
			c.actors = append(c.actors, r.actors[was])
			c.claimAgain(r.actors[was], r.claims[was].Seq, claim)
			was++
			continue
		}
		c.actors = append(c.actors, c.log.actor(claim.Actor))
		c.claim(c.actors[len(c.actors)-1], claim)
	}
	for _, claim := range r.claims[was:] {
		c.judgeDropped(claim)
	}
	r.claims, c.vector = c.vector, r.claims
	r.actors, c.actors = c.actors, r.actors
}

func (c *mapCase) claimAgain(actor int32, was uint64, claim Dot) {
	switch {
	case was > claim.Seq:
		c.violate(PropertyVersionsGrow, "host %d went back from %v to %v in its versions",
			c.o.Host, Dot{claim.Actor, was}, claim)
	case was < claim.Seq:
		c.claim(actor, claim)
	}
}

// claim takes up an entry of the vector that is new or has grown.
func (c *mapCase) claim(actor int32, claim Dot) {
	if claim.Seq == Retired {
		c.claimRetired(claim.Actor)
		return
	}
	written := c.log.written(actor)
	if claim.Seq > uint64(written) {
		c.violate(PropertyNoThinAir,
			"host %d claims to have seen %v, and its writer has written %d times so far",
			c.o.Host, claim, written)
	}
	c.cover(actor, uint32(min(claim.Seq, uint64(written))))
}

// claimRetired takes up that the replica is through with a life of a server and with those before.
// That makes it show nothing more of theirs, so the keys are looked at where it did.
func (c *mapCase) claimRetired(name uint64) {
	for actor, other := range c.log.names {
		if other <= name && sameServer(other, name) && !c.r.retired(int32(actor)) {
			c.r.retire(int32(actor))
			if c.log.retired[actor] == notRetired {
				c.log.retired[actor] = c.r.extent(int32(actor))
				c.judgeRetired(int32(actor))
			}
			c.touchWrites(int32(actor))
		}
	}
}

// judgeRetired demands that what the first to retire a life has not seen of it is held by nobody.
func (c *mapCase) judgeRetired(actor int32) {
	if !c.promise.Whole {
		return
	}
	for host := range c.replicas {
		if other := &c.replicas[host]; other.up && other != c.r {
			c.judgeHeld(actor, node.ID(host), other)
		}
	}
}

func (c *mapCase) judgeHeld(actor int32, host node.ID, other *mapReplica) {
	for key := range other.held.cells {
		for _, number := range other.held.at(int32(key)) {
			w := &c.log.writes[number]
			if w.actor == actor && w.value != 0 && w.seq > c.log.retired[actor] &&
				!c.r.hasSingle(&c.log, w.key, w.mark()) {
				c.violate(PropertyRetiredUnheld, "host %d retires the life of %v, which it has not seen "+
					"and host %d holds for key %d", c.o.Host, c.log.dot(w.mark()), host,
					c.log.labels[w.key])
			}
		}
	}
}

// touchWrites has the keys judged of which the replica holds a write of actor.
func (c *mapCase) touchWrites(actor int32) {
	for key := range c.r.held.cells {
		for _, number := range c.r.held.at(int32(key)) {
			if c.log.writes[number].actor == actor {
				c.touch(int32(key))
			}
		}
	}
}

func sameServer(a, b uint64) bool { return a>>BootBits == b>>BootBits }

// cover claims all dots of an actor up to seq.
func (c *mapCase) cover(actor int32, seq uint32) {
	seen := c.r.extent(actor)
	if seq <= seen {
		return
	}
	c.r.advance(actor, seq)
	c.r.saw = nil
	c.advanced = append(c.advanced, mark{actor, seq})
	c.news = append(c.news, c.log.numbers[actor][seen:seq]...)
}

// judgeDropped demands that an entry which is gone from the vector is covered by a retired life.
func (c *mapCase) judgeDropped(was Dot) {
	retired := slices.ContainsFunc(c.vector, func(d Dot) bool {
		return d.Seq == Retired && d.Actor >= was.Actor && sameServer(d.Actor, was.Actor)
	})
	if !retired {
		c.violate(PropertyVersionsGrow, "host %d had seen %v and has nothing of its writer any more",
			c.o.Host, was)
	}
}

// claimCloud takes up the single dots that are new, and judges those that are gone.
func (c *mapCase) claimCloud() {
	r := c.r
	c.cloud = r.replica.Cloud(c.cloud[:0])
	r.cloud, c.cloud = c.cloud, r.cloud
	eachBeyond(c.cloud, r.cloud, c.claimSingle)
	eachBeyond(r.cloud, c.cloud, c.judgeDroppedSingle)
}

// eachBeyond calls what for each dot of more that is not in dots. Both are ascending.
func eachBeyond(dots, more []Dot, what func(Dot)) {
	for _, dot := range more {
		for len(dots) > 0 && dots[0].compare(dot) < 0 {
			dots = dots[1:]
		}
		if len(dots) == 0 || dots[0] != dot {
			what(dot)
		}
	}
}

func (c *mapCase) claimSingle(dot Dot) {
	number := c.log.find(dot)
	if number == unlogged {
		c.violate(PropertyNoThinAir, "host %d claims to have seen %v, which nobody wrote",
			c.o.Host, dot)
	}
	c.news = append(c.news, number)
}

func (c *mapCase) judgeDroppedSingle(dot Dot) {
	number := c.log.find(dot)
	if number <= 0 {
		return
	}
	if w := &c.log.writes[number]; !c.r.has(&c.log, w.key, w.mark()) {
		c.violate(PropertyVersionsGrow, "host %d had seen %v of key %d and has no longer",
			c.o.Host, dot, c.log.labels[w.key])
	}
}

func (c *mapCase) violate(property, format string, args ...any) {
	c.report.Violate(property, c.o.At, format, args...)
}
