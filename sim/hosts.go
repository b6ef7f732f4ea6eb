package sim

import (
	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/trace"
)

// host is one machine of the simulated data centre.
//
// Invariants: life is odd exactly while up; paused only while up; backlog only while paused.
type host struct {
	life    uint32 // counts starts and crashes
	paused  bool
	timers  [node.MaxTimers]timer
	backlog []event // inputs that wait for the end of the pause, in order of arrival
	queued  int     // bytes of datagrams in backlog
}

func (h *host) up() bool { return h.life&1 == 1 }

// Up reports whether host's process is running, paused or not.
func (k *Kernel[M]) Up(host node.ID) bool { return k.hosts[host].up() }

// Paused reports whether host is paused.
func (k *Kernel[M]) Paused(host node.ID) bool { return k.hosts[host].paused }

// Life numbers host's lives from 1. While the host is down it is the number of the next one.
func (k *Kernel[M]) Life(host node.ID) int { return int(k.hosts[host].life+2) / 2 }

// Start begins a life of a host that is down.
func (k *Kernel[M]) Start(host node.ID) {
	h := &k.hosts[host]
	if h.up() {
		panic("sim: Start of a host that is up")
	}
	life := k.Life(host)
	h.life++
	k.Remark(&trace.Record{
		Kind: trace.Start, Host: uint32(host), Peer: trace.Nobody, A: uint64(life),
	})
}

// Crash ends the life of a host that is up: timers, calls, probes and the messages in flight from its
// sockets are gone.
func (k *Kernel[M]) Crash(host node.ID) {
	h := &k.hosts[host]
	if !h.up() {
		panic("sim: Crash of a host that is down")
	}
	for t := range h.timers {
		k.SetTimer(host, node.TimerID(t), clock.Never)
	}
	for i := range h.backlog {
		k.discard(&h.backlog[i])
	}
	h.backlog, h.queued, h.paused = h.backlog[:0], 0, false
	h.life++
	k.note(trace.Crash, host)
}

// Pause stops a host that is up from handling anything until [Kernel.Resume].
func (k *Kernel[M]) Pause(host node.ID) {
	h := &k.hosts[host]
	if !h.up() || h.paused {
		panic("sim: Pause of a host that is down or paused")
	}
	h.paused = true
	k.note(trace.Pause, host)
}

// Resume ends a pause. Everything that queued up is handled now, in the order in which it came. It
// returns how much that is: datagrams, requests, replies, probe results and timers.
func (k *Kernel[M]) Resume(host node.ID) int {
	h := &k.hosts[host]
	if !h.paused {
		panic("sim: Resume of a host that is not paused")
	}
	held := len(h.backlog)
	h.paused, h.queued = false, 0
	for i := range h.backlog {
		k.requeue(&h.backlog[i])
	}
	h.backlog = h.backlog[:0]
	k.note(trace.Resume, host)
	return held
}

// hold puts an input of a paused host aside. size is its weight in the socket buffer, 0 for what is no
// datagram.
func (k *Kernel[M]) hold(e *event, size int) {
	h := &k.hosts[e.hostID()]
	if size > 0 && h.queued+size > k.socketBuffer {
		k.stats.SocketOverflows++
		k.discard(e)
		return
	}
	h.queued += size
	h.backlog = append(h.backlog, *e)
}

// requeue schedules a held input for now. Whoever recognises the entry by its sequence number is told
// the new one.
func (k *Kernel[M]) requeue(e *event) {
	seq := k.pushCaused(k.now, e.kind(), e.hostID(), e.ref, e.cause)
	switch e.kind() {
	case Wake:
		if t := &k.hosts[e.hostID()].timers[e.ref]; t.seq == e.seq {
			t.seq, t.queued = seq, k.now
		}
	case expired:
		if c := k.calls.at(e.ref); c.expiry == e.seq {
			c.expiry = seq
		}
	}
}

// discard releases what a queue entry refers to.
func (k *Kernel[M]) discard(e *event) {
	switch e.kind() {
	case Deliver, Request, Returned:
		k.release(e.ref)
	case Probed:
		k.probes.give(e.ref)
	case expired:
		if c := k.calls.at(e.ref); c.expiry == e.seq {
			k.closeCall(e.ref)
		}
	}
}
