package sim

import "butterfly/node"

// waiting is what has come to a host that is paused or blocked.
type waiting struct {
	inputs []event // in order of arrival
	bytes  int     // of datagrams among them: what the socket buffer holds
}

// Stalled reports whether host is paused or blocked.
func (k *Kernel[M]) Stalled(host node.ID) bool { return k.hosts[host].deaf() }

// deaf reports whether what arrives at the host has to wait.
func (h *host) deaf() bool { return h.paused || h.blocked }

// holds reports whether an input has to wait. A block holds what comes by the sockets; of timers it
// holds the stuck ones.
func (h *host) holds(e *event) bool {
	if e.kind() == Wake {
		return h.holdsTimer(node.TimerID(e.ref))
	}
	return h.deaf()
}

func (h *host) holdsTimer(t node.TimerID) bool { return h.paused || h.stuck>>t&1 == 1 }

// hold puts an input aside. size is its weight in the socket buffer, 0 for what is no datagram.
func (k *Kernel[M]) hold(e *event, size int) {
	h := &k.hosts[e.hostID()]
	if h.waiting == nil {
		h.waiting = new(waiting)
	}
	w := h.waiting
	if size > 0 && w.bytes+size > k.socketBuffer {
		k.stats.SocketOverflows++
		k.discard(e)
		return
	}
	w.bytes += size
	w.inputs = append(w.inputs, *e)
}

// letGo schedules for now whatever need not wait any longer, and returns how much that is.
func (k *Kernel[M]) letGo(host node.ID) (count int) {
	h := &k.hosts[host]
	switch {
	case h.waiting == nil:
		return 0
	case h.pace != brisk:
		return k.goOn(host)
	}
	kept := h.waiting.inputs[:0]
	for _, e := range h.waiting.inputs {
		switch {
		case h.holds(&e):
			kept = append(kept, e)
		case k.isStale(&e): // a timer that was set anew while it waited
			k.dropStale()
		default:
			k.requeue(&e)
			count++
		}
	}
	h.waiting.inputs = kept
	if !h.deaf() {
		h.waiting.bytes = 0
	}
	return count
}

// forget discards everything that waits.
func (k *Kernel[M]) forget(h *host) {
	if h.waiting == nil {
		return
	}
	for i := range h.waiting.inputs {
		k.discard(&h.waiting.inputs[i])
	}
	h.waiting.inputs, h.waiting.bytes = h.waiting.inputs[:0], 0
}

// requeue schedules an input that has waited for now, and returns its new sequence number. Whoever
// recognises the entry by that is told.
func (k *Kernel[M]) requeue(e *event) (seq uint64) {
	seq = k.pushCaused(k.now, e.kind(), e.hostID(), e.ref, e.cause)
	switch e.kind() {
	case Wake:
		t := k.timer(e.hostID(), node.TimerID(e.ref))
		t.seq, t.queued = seq, k.now
	case expired:
		k.calls.at(e.ref).expiry = seq
	}
	return seq
}

// discard releases what a queue entry refers to.
func (k *Kernel[M]) discard(e *event) {
	switch e.kind() {
	case Deliver, Request, Returned, replayed:
		k.release(e.ref)
	case Probed:
		k.probes.give(e.ref)
	case expired:
		if c := k.calls.at(e.ref); c.expiry == e.seq {
			k.closeCall(e.ref)
		}
	}
}
