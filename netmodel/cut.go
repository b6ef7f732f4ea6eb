package netmodel

import "butterfly/node"

// Cut is a partition: nothing passes from any host of A to any host of B, nor back unless OneWay.
//
// Groups may be anything. Any number of cuts may overlap, a host may be in both groups, and A equal
// to B isolates each host of a group from all others of it. No cut parts a host from itself.
type Cut struct {
	A, B   []node.ID // nil means everybody who is not in the other; both nil, nobody
	OneWay bool      // only from A to B: what B sends to A still arrives
}

// CutID names a cut in force. IDs count up from 1 and are not used again.
type CutID int

// CutStats counts the messages that met a cut: datagrams and stream segments. A message that met
// several cuts at once is counted by each of them.
type CutStats struct {
	AtSend   int // blocked when they were sent
	InFlight int // already on their way, and blocked when they arrived
}

// Cut puts a cut into force. It concerns messages sent from now on, and those in flight when they
// arrive.
func (n *Net) Cut(c Cut) CutID {
	return CutID(n.cuts.add(n.apart(c.A, c.B, c.OneWay), CutStats{}))
}

// Heal ends a cut and returns what it did; zero if the cut was not in force.
func (n *Net) Heal(id CutID) CutStats { return n.cuts.remove(int(id)) }

// Whole reports whether no cut and no clog is in force: all hosts that are up are on one side.
func (n *Net) Whole() bool { return n.cuts.groups.active|n.clogs.groups.active == 0 }

// Open reports whether nothing is in force that concerns what arrives: only then neither
// [Net.DropInFlight] nor the like need be asked.
func (n *Net) Open() bool {
	return n.cuts.groups.active|n.clogs.groups.active|
		n.filters[Datagrams].groups.active|n.filters[Streams].groups.active == 0
}

// Blocked reports whether the directed path is cut now.
func (n *Net) Blocked(from, to node.ID) bool { return n.cuts.groups.any(from, to) && from != to }

// DropInFlight is asked when a copy of a datagram or a segment arrives: it reports whether the path
// is cut now, so that the message does not arrive after all, and counts that. A cut that came and
// went while the message was on its way does not touch it.
func (n *Net) DropInFlight(from, to node.ID) bool {
	if !n.Blocked(from, to) {
		return false
	}
	n.totals.CutInFlight++
	for stats := range n.cuts.on(from, to) {
		stats.InFlight++
	}
	return true
}

// dropAtSend is DropInFlight, and FilterInFlight, for a message that is being sent.
func (n *Net) dropAtSend(from, to node.ID, medium Medium) bool {
	if !n.Blocked(from, to) {
		return n.filterAtSend(from, to, medium)
	}
	n.totals.CutAtSend++
	for stats := range n.cuts.on(from, to) {
		stats.AtSend++
	}
	return true
}
