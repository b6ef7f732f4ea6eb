package sim

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/invariant"
)

// envelope is a message in flight. Copies of one datagram share it: receivers do not modify
// messages.
type envelope[M any] struct {
	message  M
	from     node.ID
	fromLife uint32
	size     uint32
	copies   uint32 // queue entries that still refer to this envelope
	call     CallRef
}

// Parcel is a message taken over by the kernel, on its way or about to be.
type Parcel uint32

// Pack takes over the message in *m, leaving in exchange an old one whose memory can be reused.
// size is its weight on the wire in bytes. The parcel must be sent at least once with
// [Kernel.Deliver] or [Kernel.Replay].
func (k *Kernel[M]) Pack(from node.ID, m *M, size int) Parcel {
	index := k.envelopes.take()
	e := k.envelopes.at(index)
	e.message, *m = *m, e.message
	e.from, e.fromLife, e.size, e.copies = from, k.hosts[from].life, uint32(size), 0
	return Parcel(index)
}

// Deliver schedules a copy of the parcel to arrive at host to as a datagram after delay.
func (k *Kernel[M]) Deliver(p Parcel, to node.ID, delay time.Duration) {
	k.post(p, Deliver, to, delay)
}

// Replay is [Kernel.Deliver] for a copy that the network has made: no crash of the sender takes it
// back, and it arrives when the sender is in another life or in none.
func (k *Kernel[M]) Replay(p Parcel, to node.ID, delay time.Duration) {
	k.post(p, replayed, to, delay)
}

func (k *Kernel[M]) post(p Parcel, kind Kind, to node.ID, delay time.Duration) {
	k.envelopes.at(uint32(p)).copies++
	k.push(k.now.Add(delay), kind, to, uint32(p))
}

// openMessage opens an arriving datagram or request.
func (k *Kernel[M]) openMessage(e *event, step *Step[M]) bool {
	env := k.envelopes.at(e.ref)
	takenBack := k.hosts[env.from].life != env.fromLife && e.kind() != replayed
	if !k.hosts[step.Host].up() || takenBack {
		k.stats.LostToCrash++
		k.release(e.ref)
		return false
	}
	if k.hosts[step.Host].deaf() {
		weight := 0
		if step.Kind == Deliver {
			weight = int(env.size)
		}
		k.hold(e, weight)
		return false
	}
	step.From, step.Message, step.Size, step.Call = env.from, &env.message, int(env.size), env.call
	k.lend(e)
	return true
}

// Postpone takes the message of the current step, a datagram, a request or a reply, for not having
// arrived: it arrives at the given time, as what it is, unless something becomes of it meanwhile. The
// caller handles the step no further.
func (k *Kernel[M]) Postpone(step *Step[M], until clock.Time) {
	index := k.lent - 1
	k.envelopes.at(index).copies++
	k.push(until, k.lentKind, step.Host, index)
}

// Lose discards the datagrams and requests that are in flight to a host, as if nobody were any more
// where they go, and returns how many. It looks through the whole queue: it is for what is rare.
func (k *Kernel[M]) Lose(host node.ID) (lost int) {
	inFlight := func(e *event) bool {
		switch e.kind() {
		case Deliver, Request, replayed:
			if e.hostID() == host {
				k.release(e.ref)
				return true
			}
		}
		return false
	}
	if k.heap != nil {
		return k.heap.sweep(inFlight)
	}
	return k.agenda.sweep(inFlight)
}

// SenderLife is in which of its lives the sender sent the message of the current step.
func (k *Kernel[M]) SenderLife() int { return lifeNumber(k.envelopes.at(k.lent - 1).fromLife) }

// lend marks the envelope whose message the current step refers to.
func (k *Kernel[M]) lend(e *event) { k.lent, k.lentKind = e.ref+1, e.kind() }

// takeBack ends the loan of the previous step.
func (k *Kernel[M]) takeBack() {
	if k.lent == 0 {
		return
	}
	k.release(k.lent - 1)
	k.lent = 0
}

// release drops one reference to an envelope.
func (k *Kernel[M]) release(index uint32) {
	env := k.envelopes.at(index)
	if env.copies == 0 {
		panic("sim: an envelope was released once too often")
	}
	env.copies--
	if env.copies > 0 {
		return
	}
	if invariant.Enabled {
		invariant.Mangle(&env.message)
	}
	k.envelopes.give(index)
}
