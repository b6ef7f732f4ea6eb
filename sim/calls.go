package sim

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// call is one open stream call of a host.
type call struct {
	caller, peer node.ID
	life         uint32 // the caller's, when it called
	id           node.CallID
	refused      bool // it will end with a refusal, not a time-out
	deadline     clock.Time
	opened       uint64 // unique number of this use of the record
	expiry       uint64 // seq of the queue entry that ends it; 0 when the record is free
}

// CallRef refers to a call, open or long since closed.
type CallRef struct {
	index  uint32
	opened uint64
}

// OpenCall opens host's call id to peer: it ends with the reply, or with [node.Timeout] after timeout.
// The request itself is sent with [Kernel.Request], unless the network has lost it.
func (k *Kernel[M]) OpenCall(host, peer node.ID, id node.CallID, timeout time.Duration) CallRef {
	index, deadline := k.calls.take(), k.now.Add(timeout)
	seq := k.push(deadline, expired, host, index)
	*k.calls.at(index) = call{
		caller: host, peer: peer, life: k.hosts[host].life,
		id: id, deadline: deadline, opened: seq, expiry: seq,
	}
	return CallRef{index, seq}
}

// Request sends the request of an open call; it reaches the peer after delay.
func (k *Kernel[M]) Request(ref CallRef, m *M, size int, delay time.Duration) {
	c := k.calls.at(ref.index)
	p := k.Pack(c.caller, m, size)
	k.envelopes.at(uint32(p)).call = ref
	k.post(p, Request, c.peer, delay)
}

// Reply sends the answer of host server to the call that a [Request] step named; it reaches the caller
// after delay, unless the call is over by then.
func (k *Kernel[M]) Reply(server node.ID, ref CallRef, m *M, size int, delay time.Duration) {
	c, open := k.lookup(ref)
	if !open {
		return
	}
	p := k.Pack(server, m, size)
	k.envelopes.at(uint32(p)).call = ref
	k.post(p, Returned, c.caller, delay)
}

// Refuse ends the call with [node.Refused] after delay: the peer's host is there and does not serve.
func (k *Kernel[M]) Refuse(ref CallRef, delay time.Duration) {
	c, open := k.lookup(ref)
	if at := k.now.Add(delay); open && !c.refused && at < c.deadline {
		c.refused = true
		c.expiry = k.push(at, expired, c.caller, ref.index)
		k.addStale()
	}
}

// openReply opens an arriving reply, if the call it answers is still waiting for it.
func (k *Kernel[M]) openReply(e *event, step *Step[M]) bool {
	env := k.envelopes.at(e.ref)
	c, open := k.lookup(env.call)
	if !open {
		k.stats.LateReplies++
		k.release(e.ref)
		return false
	}
	if c.life != k.hosts[c.caller].life || k.hosts[env.from].life != env.fromLife {
		k.stats.LostToCrash++
		k.release(e.ref)
		return false
	}
	if k.hosts[step.Host].deaf() {
		k.hold(e, 0)
		return false
	}
	step.From, step.Message, step.Size = env.from, &env.message, int(env.size)
	step.Call, step.CallID, step.Failure = env.call, c.id, node.OK
	k.lend(e)
	return true
}

// Complete closes the call that a Returned step with a reply ends. The world calls it once the reply has
// really got through; a reply that the network cuts off on arrival leaves the call to its deadline.
func (k *Kernel[M]) Complete(ref CallRef) {
	if _, open := k.lookup(ref); open {
		k.closeCall(ref.index)
		k.addStale()
	}
}

// openExpiry ends a call without a reply.
func (k *Kernel[M]) openExpiry(e *event, step *Step[M]) bool {
	c := k.calls.at(e.ref)
	if c.expiry != e.seq {
		return k.dropStale()
	}
	if c.life != k.hosts[c.caller].life {
		k.closeCall(e.ref)
		return false
	}
	if k.hosts[step.Host].deaf() {
		k.hold(e, 0)
		return false
	}
	step.Kind, step.From, step.CallID, step.Failure = Returned, c.peer, c.id, node.Timeout
	step.Message, step.Size = nil, 0
	if c.refused {
		step.Failure = node.Refused
	}
	k.closeCall(e.ref)
	return true
}

func (k *Kernel[M]) lookup(ref CallRef) (*call, bool) {
	c := k.calls.at(ref.index)
	return c, c.opened == ref.opened && c.expiry != 0
}

func (k *Kernel[M]) closeCall(index uint32) {
	k.calls.at(index).expiry = 0
	k.calls.give(index)
}
