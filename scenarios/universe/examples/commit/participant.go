package commit

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

const (
	// doubt is how long a participant that has voted waits before it asks what became of it: longer
	// than it takes the coordinator to decide.
	doubt = 2 * time.Second
	// gathering is how long it waits for the answers.
	gathering = 500 * time.Millisecond
	// refusals is the share of transactions that a participant votes against.
	refusals = 100_000 // ppm
)

// The alarms of a participant.
const (
	doubtAlarm node.TimerID = iota
	gatherAlarm
)

// participant votes, and does as it is told.
type participant struct {
	journal
	phases  Phases
	self    node.ID
	servers int
	luck    rng.Rand
	// asked is the transaction it has asked about last, and heard the states it was told of it, its
	// own included.
	asked uint32
	heard []State
}

// Start goes on where the last life has stopped: a vote is a promise.
func (p *participant) Start(now clock.Time, saved []byte, out *node.Out[Message]) {
	p.journal = append(p.journal, saved...)
	if _, found := p.open(); found {
		out.Alarm(doubtAlarm, now.Add(doubt))
	}
}

// Receive follows the coordinator, and answers who asks.
func (p *participant) Receive(now clock.Time, from node.ID, m *Message, out *node.Out[Message]) {
	switch t := m.Transaction; m.Kind {
	case Prepare:
		p.vote(now, from, t, out)
	case PreCommit:
		if p.state(t) == Prepared {
			p.move(now, t, PreCommitted, out)
		}
		if p.state(t) == PreCommitted {
			*out.Send(from) = Message{Kind: Acknowledge, Transaction: t}
		}
	case Commit:
		p.move(now, t, Committed, out)
	case Abort:
		p.move(now, t, Aborted, out)
	case Ask:
		if p.state(t) == Unknown {
			p.move(now, t, Aborted, out) // who asks may take it for a refusal, and then it has to be one
		}
		*out.Send(from) = Message{Kind: Report, Transaction: t, State: p.state(t)}
	case Report:
		p.listen(now, m, out)
	}
}

// vote votes once: a second Prepare is the network's.
func (p *participant) vote(now clock.Time, to node.ID, t uint32, out *node.Out[Message]) {
	if p.state(t) != Unknown {
		return
	}
	if rng.PPM(refusals).Hit(&p.luck) {
		p.move(now, t, Aborted, out)
		*out.Send(to) = Message{Kind: VoteNo, Transaction: t}
		return
	}
	p.move(now, t, Prepared, out)
	out.Emit(node.Event{Kind: Voted, Subject: t})
	*out.Send(to) = Message{Kind: VoteYes, Transaction: t}
}

// move notes a new state, and sets out to wait for the next one.
func (p *participant) move(now clock.Time, t uint32, to State, out *node.Out[Message]) {
	if p.write(t, to, out) && !to.final() {
		out.Alarm(doubtAlarm, now.Add(doubt))
	}
}

// Wake asks about a transaction that takes too long, or makes do with the answers there are.
func (p *participant) Wake(now clock.Time, t node.TimerID, out *node.Out[Message]) {
	if t == gatherAlarm {
		p.terminate(out)
		return
	}
	open, found := p.open()
	if !found {
		return
	}
	out.Emit(node.Event{Kind: Doubted, Subject: open})
	out.Alarm(doubtAlarm, now.Add(doubt))
	p.asked, p.heard = open, append(p.heard[:0], p.state(open))
	*out.Send(0) = Message{Kind: Ask, Transaction: open}
	if p.phases == Three {
		p.askPeers(now, open, out)
	}
}
