package sim

import (
	"butterfly/node"
	"butterfly/sim/trace"
)

// Blocked reports whether host's sockets are blocked.
func (k *Kernel[M]) Blocked(host node.ID) bool { return k.hosts[host].blocked }

// Block blocks the sockets of a host that is up until [Kernel.Unblock]: what arrives waits, and its
// timers go off but for those that are [Kernel.Stuck]. What it sends meanwhile is the caller's to
// keep back.
func (k *Kernel[M]) Block(host node.ID) {
	if !k.deafen(host, &k.hosts[host].blocked, trace.Block) {
		panic("sim: Block of a host that is down or blocked")
	}
}

// Stuck says that slot t of a blocked host has sent something: until the end of the block it goes
// off no more, like a loop of a program that hangs in its send.
func (k *Kernel[M]) Stuck(host node.ID, t node.TimerID) {
	h := &k.hosts[host]
	if !h.blocked {
		panic("sim: Stuck at a host that is not blocked")
	}
	h.stuck |= 1 << t
}

// Unblock ends a block. What queued up is handled now, in the order in which it came, unless a
// pause of the host keeps it. It returns how much that is, as [Kernel.Resume] does.
func (k *Kernel[M]) Unblock(host node.ID) int {
	h := &k.hosts[host]
	if !h.blocked {
		panic("sim: Unblock of a host that is not blocked")
	}
	h.blocked, h.stuck = false, 0
	late := k.letGo(host)
	k.note(trace.Unblock, host)
	return late
}
