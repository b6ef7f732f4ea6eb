package sim

import (
	"time"

	"butterfly/node"
)

// probe is one health probe under way.
type probe struct {
	life   uint32 // the prober's
	result node.ProbeResult
}

// Probe schedules the result of a probe that host has started to arrive after delay.
func (k *Kernel[M]) Probe(host node.ID, result node.ProbeResult, delay time.Duration) {
	index := k.probes.take()
	*k.probes.at(index) = probe{life: k.hosts[host].life, result: result}
	k.push(k.now.Add(delay), Probed, host, index)
}

func (k *Kernel[M]) openProbe(e *event, step *Step[M]) bool {
	p := k.probes.at(e.ref)
	h := &k.hosts[step.Host]
	if p.life != h.life {
		k.probes.give(e.ref)
		return false
	}
	if h.deaf() {
		k.hold(e, 0)
		return false
	}
	step.Probe = p.result
	k.probes.give(e.ref)
	return true
}
