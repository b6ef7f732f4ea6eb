package swim

import (
	"slices"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// carrySend has a datagram arrive, unless it is lost, and spoils it thereafter.
func (c *cluster) carrySend(from node.ID, send *node.Send[Message]) {
	m := copied(&send.Message)
	require.LessOrEqual(c.t, weight(&m), c.config.DatagramBytes)
	require.NotEqual(c.t, from, send.To, "a member sends itself nothing")
	c.sent++
	lost := c.loss.Hit(&c.rand)
	if lost || c.cut(from, send.To) || c.mute(from, send.To) || int(send.To) >= len(c.hosts) {
		return
	}
	c.after(c.latency, send.To, -1, func(h *host) {
		h.member.Receive(c.now, from, &m, &h.out)
		mangle(&m)
	})
}

// carryCall has a request arrive, be answered, and the answer arrive; or fails it.
func (c *cluster) carryCall(from node.ID, call *node.Call[Message]) {
	to, id, life, request := call.To, call.ID, c.hosts[from].life, copied(&call.Message)
	if c.cut(from, to) || int(to) >= len(c.hosts) || !c.hosts[to].up {
		c.after(call.Timeout, from, life, func(h *host) {
			h.member.Returned(c.now, to, id, nil, node.Timeout, &h.out)
		})
		return
	}
	c.after(c.latency, to, -1, func(h *host) {
		var reply Message
		failure := node.OK
		if !h.member.Serve(c.now, from, &request, &reply, &h.out) {
			failure = node.Refused
		}
		mangle(&request)
		c.after(c.latency, from, life, func(h *host) {
			h.member.Returned(c.now, to, id, &reply, failure, &h.out)
			mangle(&reply)
		})
	})
}

func copied(m *Message) Message {
	c := *m
	c.Updates = slices.Clone(m.Updates)
	c.Broadcasts = slices.Clone(m.Broadcasts)
	c.Bytes = slices.Clone(m.Bytes)
	return c
}

// mangle spoils a message after the call that lent it: whoever retained a part of it notices.
func mangle(m *Message) {
	clear(m.Updates)
	clear(m.Broadcasts)
	clear(m.Bytes)
}

// weight is the most that m takes up on a datagram.
func weight(m *Message) int {
	return headerBytes + updateBytes*len(m.Updates) + broadcastBytes*len(m.Broadcasts) + len(m.Bytes)
}
