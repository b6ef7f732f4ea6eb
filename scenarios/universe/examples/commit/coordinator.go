package commit

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

const (
	// period is how often a transaction begins, at whole seconds of the run, unless the one before
	// is still open.
	period = time.Second
	// patience is how long the coordinator waits for votes or acknowledgements: more than two trips
	// of a message, as long as they take 200 ms at most.
	patience = 450 * time.Millisecond
)

// coordinator is server 0: it begins one transaction after the other.
type coordinator struct {
	journal
	phases  Phases
	servers int
	// next is the number of the next transaction.
	next uint32
	// waiting is for whose answers it waits about the one before, nil if it is over.
	waiting map[node.ID]bool
	// asking: this life has found the transaction open, and does not know how it ended.
	asking bool
}

// Start goes on where the last life has stopped. With two phases, what that had not decided it has
// not told anybody either: it is aborted. With three, the others may have decided without it: they
// are asked.
func (c *coordinator) Start(now clock.Time, saved []byte, out *node.Out[Message]) {
	c.journal = append(c.journal, saved...)
	c.next = uint32(len(saved))
	if last, found := c.open(); found {
		c.asking = c.phases == Three
		if !c.asking {
			c.decide(last, Aborted, out)
		}
	}
	c.rest(now, out)
}

// rest waits for the next whole second.
func (c *coordinator) rest(now clock.Time, out *node.Out[Message]) {
	out.Alarm(0, clock.At((now.Since()/period+1)*period))
}

// Wake begins the next transaction, or does without the answers that are missing.
func (c *coordinator) Wake(now clock.Time, _ node.TimerID, out *node.Out[Message]) {
	out.Alarm(0, now.Add(patience))
	last, found := c.open()
	switch {
	case !found:
		c.begin(out)
	case c.asking:
		c.tell(Ask, last, out)
	case c.state(last) == Prepared:
		c.end(now, last, Aborted, out)
	default: // who has not acknowledged is taken to have crashed, and will ask
		c.end(now, last, Committed, out)
	}
}

func (c *coordinator) begin(out *node.Out[Message]) {
	c.write(c.next, Prepared, out)
	c.tell(Prepare, c.next, out)
	c.next++
	c.waitForAll()
}

func (c *coordinator) waitForAll() {
	c.waiting = map[node.ID]bool{}
	for id := 1; id < c.servers; id++ {
		c.waiting[node.ID(id)] = true
	}
}

// Receive counts votes and acknowledgements, and answers who asks.
func (c *coordinator) Receive(now clock.Time, from node.ID, m *Message, out *node.Out[Message]) {
	open := c.state(m.Transaction)
	switch {
	case m.Kind == Ask:
		*out.Send(from) = Message{Kind: Report, Transaction: m.Transaction, State: open}
	case open.final():
	case m.Kind == Report && c.asking && m.State.final():
		c.asking = false
		c.decide(m.Transaction, m.State, out)
	case c.asking:
	case m.Kind == VoteNo && open == Prepared:
		c.end(now, m.Transaction, Aborted, out)
	case m.Kind == VoteYes && open == Prepared, m.Kind == Acknowledge && open == PreCommitted:
		delete(c.waiting, from)
		if len(c.waiting) == 0 {
			c.proceed(now, m.Transaction, out)
		}
	}
}

// proceed takes the step that needed everybody.
func (c *coordinator) proceed(now clock.Time, transaction uint32, out *node.Out[Message]) {
	if c.phases == Two || c.state(transaction) == PreCommitted {
		c.end(now, transaction, Committed, out)
		return
	}
	c.write(transaction, PreCommitted, out)
	c.tell(PreCommit, transaction, out)
	c.waitForAll()
	out.Alarm(0, now.Add(patience))
}

// end is the end of a transaction, until it is time for the next one.
func (c *coordinator) end(
	now clock.Time, transaction uint32, outcome State, out *node.Out[Message],
) {
	c.decide(transaction, outcome, out)
	c.rest(now, out)
}

func (c *coordinator) decide(transaction uint32, outcome State, out *node.Out[Message]) {
	c.write(transaction, outcome, out)
	c.tell(telling(outcome), transaction, out)
}

// telling is the message that tells an outcome.
func telling(outcome State) Kind {
	if outcome == Committed {
		return Commit
	}
	return Abort
}

func (c *coordinator) tell(kind Kind, transaction uint32, out *node.Out[Message]) {
	for id := 1; id < c.servers; id++ {
		*out.Send(node.ID(id)) = Message{Kind: kind, Transaction: transaction}
	}
}
