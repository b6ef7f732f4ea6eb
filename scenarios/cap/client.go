package cap

import (
	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/scenarios"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

type effects = node.Out[Message]

// Timer slots of a client.
const (
	timerThought  node.TimerID = iota // the next operation
	timerPatience                     // no answer to the last one
)

// client asks servers for one operation at a time.
type client struct {
	config  *scenarios.Cap
	self    node.ID
	servers int
	until   clock.Time // asks no more from then on
	luck    rng.Rand

	current Operation
	busy    bool // current is under way
	reached bool // a server has taken it
	past    []crdt.Dot
}

// Start implements [node.Machine].
func (c *client) Start(now clock.Time, _ []byte, out *effects) { c.think(now, out) }

// Receive implements [node.Machine]. Nothing is said to clients in datagrams.
func (c *client) Receive(clock.Time, node.ID, *Message, *effects) {}

// Wake implements [node.Machine].
func (c *client) Wake(now clock.Time, t node.TimerID, out *effects) {
	switch {
	case t == timerThought && now < c.until:
		c.ask(now, out)
	case t == timerPatience && c.busy && c.reached:
		c.end(now, Waited, 0, out)
	case t == timerPatience && c.busy:
		c.end(now, Unreached, 0, out)
	}
}

// think plans the next operation.
func (c *client) think(now clock.Time, out *effects) {
	out.Alarm(timerThought, now.Add(rng.Exponential(&c.luck, c.config.Think.Duration())))
}

func (c *client) ask(now clock.Time, out *effects) {
	c.current, c.busy, c.reached = c.draw(), true, false
	server := c.server()
	out.Emit(invoked(&c.current, server))
	m := out.Call(server, node.CallID(c.current.Number), c.config.Timeout.Duration())
	m.Kind, m.Operation = Ask, c.current
	if c.config.Own {
		m.Past = append(m.Past, c.past...)
	}
	out.Alarm(timerPatience, now.Add(c.config.Timeout.Duration()))
}

// draw decides what to ask for.
func (c *client) draw() Operation {
	o := Operation{Number: c.current.Number + 1}
	o.Value = newValue(c.self, o.Number)
	if c.config.BuyPPM.Hit(&c.luck) {
		o.Verb = Buy
		o.Key = uint32(c.config.Keys + c.luck.Intn(c.config.Seats))
		return o
	}
	o.Verb = Verb(c.luck.Intn(2)) // Read or Write
	o.Key = uint32(c.luck.Intn(c.config.Keys))
	return o
}

// server is whom to ask: the home, or by those who move anybody.
func (c *client) server() node.ID {
	number := int(c.self) - c.servers
	if stays(number) {
		return home(number, c.servers)
	}
	return node.ID(c.luck.Intn(c.servers))
}

// home is the server that a client, counted from 0, sits beside.
func home(client, servers int) node.ID { return node.ID(client % servers) }

// stays reports whether a client, counted from 0, asks only its home.
func stays(client int) bool { return client%2 == 0 }

// Returned implements [node.Caller]: whom the client has asked has said something, or nothing.
func (c *client) Returned(
	now clock.Time, _ node.ID, call node.CallID, reply *Message, failure node.Failure, out *effects,
) {
	switch {
	case !c.busy || uint32(call) != c.current.Number:
	case failure != node.OK:
		c.end(now, Unreached, 0, out)
	case reply.Kind == Answer:
		c.answered(now, reply, out)
	case reply.Kind == Lacks:
		c.end(now, Lacking, 0, out)
	default:
		c.reached = true
	}
}

// Serve implements [node.Server]: an answer that has taken a while.
func (c *client) Serve(
	now clock.Time, _ node.ID, request, reply *Message, out *effects,
) (served bool) {
	if request.Kind != Answer {
		return false
	}
	reply.Kind = Taken
	if c.busy && request.Operation.Number == c.current.Number {
		c.answered(now, request, out)
	}
	return true
}

func (c *client) answered(now clock.Time, answer *Message, out *effects) {
	for _, dot := range answer.Past {
		c.remember(dot)
	}
	c.end(now, Served, answer.Result, out)
}

// remember keeps the last write that came of the client's operations at each server.
func (c *client) remember(dot crdt.Dot) {
	for i := range c.past {
		if c.past[i].Actor == dot.Actor {
			c.past[i].Seq = max(c.past[i].Seq, dot.Seq)
			return
		}
	}
	c.past = append(c.past, dot)
}

// end ends the operation under way.
func (c *client) end(now clock.Time, outcome Outcome, result uint64, out *effects) {
	c.busy = false
	out.Emit(ended(&c.current, outcome, result))
	out.Alarm(timerPatience, clock.Never)
	c.think(now, out)
}
