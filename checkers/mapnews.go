package checkers

import "slices"

// lookahead is how many writes a replica has news of are looked up before the first of them is
// taken up. One look-up does not wait for another, so the processor fetches several from memory at
// a time, and they are still in its cache when they are needed.
const lookahead = 64

// seeNews takes up the writes that the replica has seen, or sees again.
func (c *mapCase) seeNews() {
	for numbers := range slices.Chunk(c.news, lookahead) {
		c.fetch(numbers)
		for _, number := range numbers {
			c.see(number)
		}
	}
	c.news = c.news[:0]
}

// fetch reads the writes that news may take the place of. The sum of what it read is of no use, but
// without one nothing would be read.
func (c *mapCase) fetch(news []int32) {
	for _, number := range news {
		if number == unlogged || number == collected {
			continue
		}
		for _, other := range c.r.held.at(c.log.writes[number].key) {
			c.fetched += c.log.writes[other].seq
		}
	}
}

// see takes up one write that the replica has seen, or sees again.
func (c *mapCase) see(number int32) {
	if number == unlogged || number == collected {
		return
	}
	c.kept = c.r.hold(&c.log, number, c.kept)
	c.most = max(c.most, len(c.kept))
	c.touch(c.log.writes[number].key)
}
