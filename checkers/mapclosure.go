package checkers

// judgeClosure demands that what the replica has seen is causally closed. Writers see more and
// more, so the newest write of each that is news says it for those before. Answers that are cut
// short promise it for each key only, see judgeKeyClosure.
func (c *mapCase) judgeClosure() {
	if c.promise.Truncated {
		return
	}
	for _, newest := range c.advanced {
		number := c.log.numbers[newest.actor][newest.seq-1]
		if number == unlogged || number == collected {
			continue
		}
		for actor, saw := range c.log.writes[number].saw {
			if seen := c.r.extent(int32(actor)); seen < saw && !c.r.retired(int32(actor)) {
				c.violate(PropertyCausalClosure,
					"host %d has seen %v, whose writer had seen %v, and only %d writes of the latter's",
					c.o.Host, c.log.dot(newest), c.log.dot(mark{int32(actor), saw}), seen)
				return
			}
		}
	}
}

// judgeKeyClosure demands that what the replica has seen of a key is causally closed, where answers
// may be cut short. It returns false if nothing can be demanded of the key: somebody has
// overwritten what is the latest as far as the replica has seen, and that write, which may be on
// its way, may have taken the place of anything.
func (c *mapCase) judgeKeyClosure(key int32, held []int32) (judged bool) {
	for _, number := range held {
		if c.log.writes[number].overwritten {
			return false
		}
	}
	for _, number := range held {
		w := &c.log.writes[number]
		for _, earlier := range w.past {
			if !c.r.has(&c.log, key, earlier) {
				c.violate(PropertyCausalClosure,
					"host %d has seen %v of key %d, which overwrote %v, and has not seen that",
					c.o.Host, c.log.dot(w.mark()), c.log.labels[key], c.log.dot(earlier))
			}
		}
	}
	return true
}
