package netmodel

import "butterfly/node"

// Medium is a way for messages to travel.
type Medium uint8

const (
	// Datagrams are UDP's.
	Datagrams Medium = iota
	// Streams are TCP's.
	Streams

	media // how many there are
)

// Filter is a firewall: of one medium nothing passes between two groups, and all of the other.
type Filter struct {
	A, B   []node.ID // nil means every host
	OneWay bool      // only from A to B
	Stops  Medium
}

// FilterID names a filter in force.
type FilterID struct {
	medium Medium
	id     int
}

// Filter puts a filter into force. It concerns messages sent from now on, and those in flight when
// they arrive. Hosts between which only filters lie are on one side: see [Net.Sides].
func (n *Net) Filter(f Filter) FilterID {
	s := n.between(f.A, f.B, f.OneWay)
	return FilterID{f.Stops, n.filters[f.Stops].add(s, CutStats{})}
}

// Unfilter ends a filter and returns what it did; zero if it was not in force.
func (n *Net) Unfilter(id FilterID) CutStats { return n.filters[id.medium].remove(id.id) }

// FilterInFlight is [Net.DropInFlight] for filters.
func (n *Net) FilterInFlight(from, to node.ID, medium Medium) bool {
	if !n.filtered(from, to, medium) {
		return false
	}
	n.totals.CutInFlight++
	for stats := range n.filters[medium].on(from, to) {
		stats.InFlight++
	}
	return true
}

// filterAtSend is FilterInFlight for a message that is being sent.
func (n *Net) filterAtSend(from, to node.ID, medium Medium) bool {
	if !n.filtered(from, to, medium) {
		return false
	}
	n.totals.CutAtSend++
	for stats := range n.filters[medium].on(from, to) {
		stats.AtSend++
	}
	return true
}

func (n *Net) filtered(from, to node.ID, medium Medium) bool {
	return n.filters[medium].groups.any(from, to) && from != to
}
