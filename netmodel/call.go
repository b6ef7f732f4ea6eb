package netmodel

import "butterfly/node"

// Call decides whether a call from one host to another comes to something at all: false means that
// nothing of it reaches the peer, and the caller gets no answer. It says nothing about the delay
// and loss of its segments, which [Net.Segment] decides. Where [Config.CallLoss] is 0 nothing is
// drawn or counted.
func (n *Net) Call(from, to node.ID) bool {
	loss := n.configOf(from, to).CallLoss
	if loss == 0 {
		return true
	}
	draw := n.calls.At2(link(from, to), n.callsMade.next(from, to))
	if loss.Hit(&draw) {
		n.totals.CallsLost++
		return false
	}
	return true
}
