package netmodel

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// Clog is a partition that loses nothing: what arrives between two groups while it is in force waits
// until it is over, and arrives then, in the order in which it would have arrived. That is the
// clogging of FoundationDB (Zhou et al., SIGMOD 2021, section 4).
type Clog struct {
	A, B   []node.ID // nil means every host
	OneWay bool      // only from A to B
	// Until is when the driver is going to end it.
	Until clock.Time
}

// ClogID names a clog in force. IDs count up from 1 and are not used again.
type ClogID int

// ClogStats counts the messages that met a clog: copies of datagrams, and stream segments. A message
// is counted by each of those it met, each time.
type ClogStats struct{ Held int }

// clog is one in force.
type clog struct {
	until clock.Time
	stats ClogStats
}

// Clog puts a clog into force. It concerns what arrives from now on, so what is in flight as well;
// what is sent during the clog and arrives after it has met nothing.
func (n *Net) Clog(c Clog) ClogID {
	return ClogID(n.clogs.add(n.between(c.A, c.B, c.OneWay), clog{until: c.Until}))
}

// Unclog ends a clog and returns what it did; zero if it was not in force.
func (n *Net) Unclog(id ClogID) ClogStats { return n.clogs.remove(int(id)).stats }

// HoldInFlight is asked when a copy of a datagram or a segment arrives that no cut stops: it reports
// whether the path is clogged now, and until when the first of its clogs is over, so that the message
// arrives only then, when it is asked about once more. It counts that.
//
// Waiting for one clog after the other keeps the order: what came before another clog began is not
// behind what came after.
func (n *Net) HoldInFlight(from, to node.ID) (until clock.Time, held bool) {
	if from == to {
		return 0, false
	}
	until = clock.Never
	for c := range n.clogs.on(from, to) {
		until, held = min(until, c.until), true
		c.stats.Held++
	}
	if held {
		n.totals.Held++
	}
	return until, held
}

// clogged reports whether the directed path is clogged now.
func (n *Net) clogged(from, to node.ID) bool { return n.clogs.groups.any(from, to) && from != to }
