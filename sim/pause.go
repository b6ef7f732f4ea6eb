package sim

import (
	"butterfly/node"
	"butterfly/sim/trace"
)

// Paused reports whether host is paused.
func (k *Kernel[M]) Paused(host node.ID) bool { return k.hosts[host].paused }

// Pause stops a host that is up from handling anything until [Kernel.Resume].
func (k *Kernel[M]) Pause(host node.ID) {
	h := &k.hosts[host]
	if !h.up() || h.paused {
		panic("sim: Pause of a host that is down or paused")
	}
	h.paused = true
	k.note(trace.Pause, host)
}

// Resume ends a pause. What queued up is handled now, in the order in which it came, unless a block
// of the host keeps it. It returns how much that is: datagrams, requests, replies, probe results
// and timers.
func (k *Kernel[M]) Resume(host node.ID) int {
	h := &k.hosts[host]
	if !h.paused {
		panic("sim: Resume of a host that is not paused")
	}
	h.paused = false
	late := k.letGo(h)
	k.note(trace.Resume, host)
	return late
}
