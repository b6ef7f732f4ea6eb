package backup

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

const (
	// rounds is how often the controller tells everybody what it has decided.
	rounds = 500 * time.Millisecond
	// session is for how long a replica may be silent before the controller takes it for dead.
	session = 2 * time.Second
)

// controller is server 0: it decides who leads, and keeps the in-sync set. In Kafka this was
// ZooKeeper's part. It is taken to be reliable here.
type controller struct {
	rules         Rules
	term, version uint32
	leader        node.ID
	inSync        Set
	// By server: its life, 0 before the first Hello, and when it was heard last.
	lives []uint32
	heard []clock.Time
}

func newController(rules Rules, servers int) *controller {
	c := &controller{
		rules: rules, leader: node.Nobody,
		lives: make([]uint32, servers), heard: make([]clock.Time, servers),
	}
	for id := int(firstReplica); id < servers; id++ {
		c.inSync = c.inSync.with(node.ID(id))
	}
	return c
}

func (c *controller) Start(now clock.Time, _ []byte, out *node.Out[Message]) {
	out.Alarm(0, now.Add(rounds))
}

// Wake replaces a leader that is silent, and tells everybody.
func (c *controller) Wake(now clock.Time, _ node.TimerID, out *node.Out[Message]) {
	if c.leader != node.Nobody && !c.alive(now, c.leader) {
		c.leader = node.Nobody
	}
	if c.leader == node.Nobody {
		c.elect(now)
	}
	for id := int(clientID); id < len(c.lives); id++ {
		*out.Send(node.ID(id)) = Message{
			Kind: Lead, Term: c.term, Version: c.version, Life: c.lives[id],
			Leader: c.leader, InSync: c.inSync,
		}
	}
	out.Alarm(0, now.Add(rounds))
}

func (c *controller) alive(now clock.Time, id node.ID) bool {
	return c.lives[id] != 0 && now.Sub(c.heard[id]) <= session
}

// elect takes a leader from the in-sync set, or waits: nobody else has all that was acknowledged.
func (c *controller) elect(now clock.Time) {
	for id := firstReplica; int(id) < len(c.lives); id++ {
		if c.inSync.has(id) && c.alive(now, id) {
			c.leader = id
			c.term++
			c.version++
			return
		}
	}
}

func (c *controller) Receive(now clock.Time, from node.ID, m *Message, out *node.Out[Message]) {
	asks := from == c.leader && m.Term == c.term
	switch {
	case m.Kind == Hello:
		c.greet(from, m, out)
		c.heard[from] = now
	case m.Kind == Grow && asks && !c.inSync.has(m.Member):
		c.inSync = c.inSync.with(m.Member)
		c.version++
	case m.Kind == Shrink && asks && c.inSync.size() > c.rules.LeastInSync:
		c.drop(m.Member, out)
	}
}

// greet notices when a replica has restarted: it leads no more, and if its disk is gone it is in
// sync no more, unless it is the last that was.
func (c *controller) greet(from node.ID, m *Message, out *node.Out[Message]) {
	before := c.lives[from]
	c.lives[from] = m.Life
	if before == 0 || before == m.Life {
		return
	}
	if c.leader == from {
		c.leader = node.Nobody
	}
	if m.Fresh && c.inSync.size() > 1 {
		c.drop(from, out)
	}
}

func (c *controller) drop(member node.ID, out *node.Out[Message]) {
	if c.inSync.has(member) {
		c.inSync = c.inSync.without(member)
		c.version++
		out.Emit(node.Event{Kind: Shrunk, Subject: uint32(member), A: uint64(c.inSync.size())})
	}
}
