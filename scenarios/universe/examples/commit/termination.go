package commit

import (
	"slices"

	"butterfly/node"
	"butterfly/sim/clock"
)

// askPeers begins what Skeen calls the termination protocol: a participant in doubt asks the
// others.
func (p *participant) askPeers(now clock.Time, t uint32, out *node.Out[Message]) {
	for id := 1; id < p.servers; id++ {
		if peer := node.ID(id); peer != p.self {
			*out.Send(peer) = Message{Kind: Ask, Transaction: t}
		}
	}
	out.Alarm(gatherAlarm, now.Add(gathering))
}

// listen takes an answer: an outcome at once, anything else into account.
func (p *participant) listen(now clock.Time, m *Message, out *node.Out[Message]) {
	if m.State.final() {
		p.move(now, m.Transaction, m.State, out)
	} else if m.Transaction == p.asked {
		p.heard = append(p.heard, m.State)
	}
}

// terminate decides by what was heard. Who has not answered is taken to have crashed. If somebody
// was told that all have voted yes, nobody can have aborted; if nobody was, nobody can have
// committed. Both are true as long as silence does mean a crash.
func (p *participant) terminate(out *node.Out[Message]) {
	switch {
	case p.state(p.asked).final():
	case slices.Contains(p.heard, PreCommitted):
		p.write(p.asked, Committed, out)
	default:
		p.write(p.asked, Aborted, out)
	}
}
