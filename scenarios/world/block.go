package world

import (
	"butterfly/node"
	"butterfly/sim"
)

// stuck is what one input of a blocked host has sent: it hangs in the socket until the block ends.
// Its luck is drawn only then.
type stuck[M any] struct {
	cause uint64      // the step of that input
	out   node.Out[M] // sends, calls and probes; the other effects have been carried out
}

// keepBack takes what a blocked host sends out of w.out. The alarm slot that sends it is stuck.
func (w *World[M]) keepBack(host node.ID) {
	out := &w.out
	if len(out.Sends)+len(out.Calls)+len(out.Probes) == 0 {
		return
	}
	h := &w.hosts[host]
	h.stuck = append(h.stuck, stuck[M]{
		cause: w.step.Seq,
		out:   node.Out[M]{Sends: out.Sends, Calls: out.Calls, Probes: out.Probes},
	})
	out.Sends, out.Calls, out.Probes = nil, nil, nil
	if w.step.Kind == sim.Wake {
		w.kernel.Stuck(host, w.step.Timer)
	}
}

// sendStuck lets everything leave that hangs in a host's sockets, and returns how much that is.
func (w *World[M]) sendStuck(host node.ID) (count int) {
	h := &w.hosts[host]
	for i := range h.stuck {
		s := &h.stuck[i]
		w.kernel.Blame(s.cause)
		w.transmit(host, &s.out)
		count += len(s.out.Sends) + len(s.out.Calls) + len(s.out.Probes)
	}
	w.kernel.Blame(w.step.Seq)
	h.stuck = nil
	return count
}

// unblock ends a block of one host. First leaves what is stuck, then what has waited is handled. A
// paused host does neither before it runs again, and one that has crashed is not blocked any more.
func (w *World[M]) unblock(id node.ID, b *bite) {
	w.hosts[id].blocks--
	if w.hosts[id].blocks > 0 || !w.kernel.Blocked(id) {
		return
	}
	if !w.kernel.Paused(id) {
		w.runFree(id, b)
	}
	b.late += w.kernel.Unblock(id)
	b.returned++
}
