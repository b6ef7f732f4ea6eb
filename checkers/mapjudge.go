package checkers

import "slices"

// judgeKey compares what the replica shows of a key with what it has to.
func (c *mapCase) judgeKey(key int32) {
	held := c.r.held.at(key)
	if c.promise.Truncated && !c.judgeKeyClosure(key, held) {
		return
	}
	c.siblings = c.r.replica.Siblings(c.log.labels[key], c.siblings[:0])
	if c.showsIt(held) {
		return
	}
	for _, shown := range c.siblings {
		c.judgeShown(key, held, shown)
	}
	if !c.promise.SingleWinner {
		c.judgeMissing(key, held)
	}
}

// showsIt reports whether the replica has to show a single write and shows that alone, which is what
// nearly always happens, and breaks nothing.
func (c *mapCase) showsIt(held []int32) bool {
	if len(held) != 1 || len(c.siblings) != 1 {
		return false
	}
	w := &c.log.writes[held[0]]
	return c.siblings[0] == Sibling{c.log.dot(w.mark()), w.value}
}

// judgeShown demands that a sibling was written so, has been seen, and was not overwritten.
func (c *mapCase) judgeShown(key int32, held []int32, shown Sibling) {
	number := c.log.find(shown.Dot)
	if number == unlogged {
		c.violate(PropertyNoThinAir, "host %d shows %v for key %d, which nobody wrote",
			c.o.Host, shown.Dot, c.log.labels[key])
		return
	}
	if number != collected {
		w := &c.log.writes[number]
		if w.key != key || w.value != shown.Value {
			c.forged(key, shown, w)
		}
		if slices.Contains(held, number) {
			return
		}
		if !c.r.has(&c.log, key, w.mark()) {
			c.violate(PropertyNoThinAir, "host %d shows %v for key %d, which it has not seen",
				c.o.Host, shown.Dot, c.log.labels[key])
			return
		}
		if c.revived(w, held) {
			return
		}
	}
	if !c.promise.SingleWinner {
		c.violate(PropertyCausalPast,
			"host %d shows %v for key %d, and has seen a write that overwrote it",
			c.o.Host, shown.Dot, c.log.labels[key])
	}
}

// lost reports whether a write that was seen went with its life: who retired that had not seen it,
// so it is nowhere else, and the replica has learnt so from there.
func (h *MapHistory) lost(r *mapReplica, w *mapWrite) bool {
	return r.retired(w.actor) && h.log.retired[w.actor] < w.seq
}

// buried reports whether a life that the replica is through with overwrote w. Whoever retired it had
// seen that, and collected both; or it is lost, and who alone had seen it may have collected w.
func (h *MapHistory) buried(r *mapReplica, w *mapWrite) bool {
	return w.overwritten && slices.ContainsFunc(h.log.writes, func(later mapWrite) bool {
		return later.key == w.key && r.retired(later.actor) && later.after(w.mark())
	})
}

// revived reports whether what overwrote a write is lost.
func (c *mapCase) revived(w *mapWrite, held []int32) bool {
	return slices.ContainsFunc(held, func(number int32) bool {
		later := &c.log.writes[number]
		return c.lost(c.r, later) && later.after(w.mark())
	})
}

// forged reports a sibling that is not the write of its dot.
func (c *mapCase) forged(key int32, shown Sibling, w *mapWrite) {
	for _, property := range []string{PropertyDotUniqueness, PropertyNoThinAir} {
		c.violate(property,
			"host %d shows %v as value 0x%016x of key %d, and it was written as 0x%016x of key %d",
			c.o.Host, shown.Dot, shown.Value, c.log.labels[key], w.value, c.log.labels[w.key])
	}
}

// judgeMissing demands that the replica shows all it has to.
func (c *mapCase) judgeMissing(key int32, held []int32) {
	for _, number := range held {
		w := &c.log.writes[number]
		dot := c.log.dot(w.mark())
		there := slices.ContainsFunc(c.siblings, func(s Sibling) bool { return s.Dot == dot })
		if w.value != 0 && !there && !c.lost(c.r, w) && !c.buried(c.r, w) {
			c.missing(dot, key)
		}
	}
}

func (c *mapCase) missing(dot Dot, key int32) {
	label := c.log.labels[key]
	c.violate(PropertyMapCoverage,
		"host %d has seen %v of key %d and shows %d siblings without it, "+
			"though nothing it has seen overwrote it",
		c.o.Host, dot, label, len(c.siblings))
	if len(c.siblings) > 0 {
		c.violate(PropertyCausalPast,
			"host %d dropped %v of key %d for %v, which did not overwrite it",
			c.o.Host, dot, label, c.siblings[0].Dot)
	}
}
