package sim

import (
	"butterfly/node"
	"butterfly/sim/trace"
)

// Paused reports whether host is paused.
func (k *Kernel[M]) Paused(host node.ID) bool { return k.hosts[host].paused }

// Pause stops a host that is up from handling anything until [Kernel.Resume].
func (k *Kernel[M]) Pause(host node.ID) {
	if !k.deafen(host, &k.hosts[host].paused, trace.Pause) {
		panic("sim: Pause of a host that is down or paused")
	}
}

// deafen begins a pause or a block, which is recorded as kind. It reports whether the host is up
// and was not marked so already.
func (k *Kernel[M]) deafen(host node.ID, mark *bool, kind trace.Kind) (begun bool) {
	if !k.hosts[host].up() || *mark {
		return false
	}
	*mark = true
	k.note(kind, host)
	return true
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
	late := k.letGo(host)
	k.note(trace.Resume, host)
	return late
}
