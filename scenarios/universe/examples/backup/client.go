package backup

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// period is how often the client writes, or tries again.
const period = 500 * time.Millisecond

// client is server 1: it writes one thing after the other.
type client struct {
	leader node.ID
	// done is the last write that was acknowledged.
	done uint32
}

func (c *client) Start(now clock.Time, _ []byte, out *node.Out[Message]) {
	out.Alarm(0, now.Add(period))
}

func (c *client) Wake(now clock.Time, _ node.TimerID, out *node.Out[Message]) {
	if c.leader != node.Nobody {
		*out.Send(c.leader) = Message{Kind: Append, Write: c.done + 1}
	}
	out.Alarm(0, now.Add(period))
}

func (c *client) Receive(_ clock.Time, _ node.ID, m *Message, out *node.Out[Message]) {
	switch {
	case m.Kind == Lead:
		c.leader = m.Leader
	case m.Kind == Appended && m.Write == c.done+1:
		c.done++
		out.Emit(node.Event{Kind: Acknowledged, A: uint64(c.done)})
	}
}
