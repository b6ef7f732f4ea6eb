package gossip

import (
	"butterfly/node"
	"butterfly/node/crdt"
)

// contact is one conversation with a peer that this node began: a request and, if the peer lacks
// something, a push.
type contact struct {
	peer    node.ID
	call    node.CallID        // whose end it waits for
	request Kind               // of that call
	seen    crdt.CausalContext // what this node had seen when the contact began
}

// contacts are those outstanding, each of which takes a place, in no order.
type contacts struct {
	open   []contact
	latest node.CallID
}

func (c *contacts) len() int { return len(c.open) }

// begin adds a contact, whose seen has to be filled in. The pointer is valid until the next begin
// or end.
func (c *contacts) begin(peer node.ID, request Kind) *contact {
	if n := len(c.open); n < cap(c.open) {
		c.open = c.open[:n+1]
	} else {
		c.open = append(c.open, contact{})
	}
	begun := &c.open[len(c.open)-1]
	begun.peer, begun.request, begun.call = peer, request, c.number()
	return begun
}

// number returns the next call's. It comes round after 2^31 calls, of which at most one is pending
// for each place.
func (c *contacts) number() node.CallID {
	c.latest = (c.latest + 1) &^ (1 << 31)
	return c.latest
}

// find returns the contact that waits for the end of call, nil if there is none.
func (c *contacts) find(call node.CallID) *contact {
	for i := range c.open {
		if c.open[i].call == call {
			return &c.open[i]
		}
	}
	return nil
}

// end frees the place of a contact and keeps its memory.
func (c *contacts) end(ended *contact) {
	last := len(c.open) - 1
	*ended, c.open[last] = c.open[last], *ended
	c.open = c.open[:last]
}
