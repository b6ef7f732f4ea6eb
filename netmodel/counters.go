package netmodel

import "butterfly/node"

// Up to how many hosts the messages of links are counted in wide and in narrow rows. Between few
// hosts a link carries many messages, between thousands it carries few, and then a counter that
// comes from main memory costs as much as all else about a message: the smaller they are the
// better. The links of 512 hosts take 1 MiB when all are in use. Those of 10,000 take 100 MB, and
// would take 4 GB in a table.
const (
	maxWideHosts   = 512
	maxNarrowHosts = 16_384
)

// counter counts, for each directed link, the messages of one sort that were handed to it.
//
// Invariant: at most one of wide and narrow is in use.
type counter struct {
	wide   rows[uint32]
	narrow rows[uint8]
	table  linkTable[uint64] // what is counted since a row was full; all, where there are no rows
}

// rows holds counts by sender and receiver, a sender's row made with its first message.
type rows[C uint8 | uint32] [][]C

func newCounter(hosts int) counter {
	switch {
	case hosts <= maxWideHosts:
		return counter{wide: make(rows[uint32], hosts)}
	case hosts <= maxNarrowHosts:
		return counter{narrow: make(rows[uint8], hosts)}
	}
	return counter{}
}

// next counts one more message on a link, and returns how many there were before it.
func (c *counter) next(from, to node.ID) uint64 {
	before, full := uint64(0), true
	if c.wide != nil {
		before, full = c.wide.next(from, to)
	} else if c.narrow != nil {
		before, full = c.narrow.next(from, to)
	}
	if !full {
		return before
	}
	beyond := c.table.at(link(from, to))
	*beyond++
	return before + *beyond - 1
}

// next is counter.next as far as a row counts: when it is full nothing more is counted.
func (r rows[C]) next(from, to node.ID) (before uint64, full bool) {
	if r[from] == nil {
		r[from] = make([]C, len(r))
	}
	count := &r[from][to]
	before = uint64(*count)
	if *count == ^C(0) {
		return before, true
	}
	*count++
	return before, false
}
