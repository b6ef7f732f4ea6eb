package backup

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

const (
	// lag is for how long a backup may have less than the leader before it is taken out of the
	// in-sync set; replica.lag.time.max.ms in Kafka.
	lag = 3 * time.Second
	// keepingUp is for how long a backup that has everything is taken to have it.
	keepingUp = time.Second
)

// leadership is what a leader knows, from the beginning of its term.
type leadership struct {
	inSync Set
	// joining are those it has asked the controller to take into the in-sync set. From then on they
	// count: the controller may have done so, and elect one of them.
	joining Set
	// By server: the last write it has said to have, and when it last had all.
	copied []uint32
	level  []clock.Time
}

func newLeadership(now clock.Time, servers int) leadership {
	l := leadership{copied: make([]uint32, servers), level: make([]clock.Time, servers)}
	for i := range l.level {
		l.level[i] = now
	}
	return l
}

// append takes the next write, and acknowledges one that is safe.
func (r *replica) append(write uint32, out *node.Out[Message]) {
	if !r.leads {
		return
	}
	if write == r.last+1 {
		r.last = write
		r.save(out)
	}
	r.acknowledge(out)
}

// acknowledge tells the client of the last write that all who are in sync have.
func (r *replica) acknowledge(out *node.Out[Message]) {
	safe := r.last
	for id := firstReplica; int(id) < r.servers; id++ {
		if id != r.self && r.inSync.union(r.joining).has(id) {
			safe = min(safe, r.copied[id])
		}
	}
	*out.Send(clientID) = Message{Kind: Appended, Write: safe}
}

// replicate gives the backups the log, and has the in-sync set changed: those that fall behind
// leave it, and those that have caught up join it.
func (r *replica) replicate(now clock.Time, out *node.Out[Message]) {
	for id := firstReplica; int(id) < r.servers; id++ {
		if id == r.self {
			continue
		}
		*out.Send(id) = Message{Kind: Copy, Term: r.term, Write: r.last}
		behind := now.Sub(r.level[id])
		switch {
		case r.inSync.has(id) && behind > lag:
			*out.Send(controllerID) = Message{Kind: Shrink, Term: r.term, Member: id}
		case !r.inSync.has(id) && (r.joining.has(id) || behind < keepingUp && r.copied[id] == r.last):
			r.joining = r.joining.with(id)
			*out.Send(controllerID) = Message{Kind: Grow, Term: r.term, Member: id}
		}
	}
}

// count takes note of what a backup has.
func (r *replica) count(now clock.Time, from node.ID, m *Message, out *node.Out[Message]) {
	if !r.leads || m.Term != r.term {
		return
	}
	r.copied[from] = m.Write
	if m.Write == r.last {
		r.level[from] = now
	}
	r.acknowledge(out)
}
