package backup

import (
	"encoding/binary"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// tick is how often a replica greets the controller, and a leader copies its log.
const tick = 200 * time.Millisecond

// replica is one of the servers that keep the log: a backup, or the leader.
type replica struct {
	self    node.ID
	servers int
	rules   Rules
	life    uint32
	fresh   bool
	// On disk: the last write of the log, and the term of the leader whose log it is a copy of.
	last, term uint32
	// version is that of the latest Lead.
	version uint32
	leads   bool
	leadership
}

func newReplica(self node.ID, servers int, rules Rules, luck rng.Rand) *replica {
	return &replica{self: self, servers: servers, rules: rules, life: uint32(luck.Uint64()) | 1}
}

func (r *replica) Start(now clock.Time, saved []byte, out *node.Out[Message]) {
	r.fresh = saved == nil
	if !r.fresh {
		r.last = binary.BigEndian.Uint32(saved)
		r.term = binary.BigEndian.Uint32(saved[4:])
	}
	out.Alarm(0, now.Add(tick))
}

func (r *replica) save(out *node.Out[Message]) {
	state := binary.BigEndian.AppendUint32(nil, r.last)
	out.Save(binary.BigEndian.AppendUint32(state, r.term))
}

func (r *replica) Wake(now clock.Time, _ node.TimerID, out *node.Out[Message]) {
	*out.Send(controllerID) = Message{Kind: Hello, Life: r.life, Fresh: r.fresh}
	if r.leads {
		r.replicate(now, out)
	}
	out.Alarm(0, now.Add(tick))
}

func (r *replica) Receive(now clock.Time, from node.ID, m *Message, out *node.Out[Message]) {
	switch m.Kind {
	case Lead:
		r.obey(now, m, out)
	case Append:
		r.append(m.Write, out)
	case Copy:
		r.copy(from, m, out)
	case Copied:
		r.count(now, from, m, out)
	}
}

// obey does what the controller has decided, unless it has decided otherwise since, or does not
// know that this replica has restarted.
func (r *replica) obey(now clock.Time, m *Message, out *node.Out[Message]) {
	if m.Version < r.version || m.Life != r.life {
		return
	}
	r.version = m.Version
	switch {
	case m.Leader != r.self:
		r.leads = false
	case !r.leads || m.Term > r.term:
		r.leads, r.leadership, r.term = true, newLeadership(now, r.servers), m.Term
		r.save(out)
		out.Emit(node.Event{Kind: Led, A: uint64(r.last)})
	}
	r.inSync = m.InSync
	r.joining = r.joining.minus(m.InSync)
}

// copy makes the log what the leader's is: shorter, if the leader is a new one and has less. The
// log of one leader only grows, and a shorter copy of it is an old one.
func (r *replica) copy(from node.ID, m *Message, out *node.Out[Message]) {
	if m.Term < r.term {
		return
	}
	if m.Term > r.term || m.Write > r.last {
		r.term, r.last, r.leads = m.Term, m.Write, false
		r.save(out)
	}
	*out.Send(from) = Message{Kind: Copied, Term: r.term, Write: r.last}
}
