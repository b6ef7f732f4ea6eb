package sim

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// probe is one health probe under way.
type probe struct {
	life     uint32 // the prober's
	result   node.ProbeResult
	deadline clock.Time
}

// Probe schedules the result of a probe that host starts now and that runs out after timeout, to
// arrive after delay.
func (k *Kernel[M]) Probe(host node.ID, result node.ProbeResult, delay, timeout time.Duration) {
	index := k.probes.take()
	p := k.probes.at(index)
	p.life, p.result, p.deadline = k.hosts[host].life, result, k.now.Add(timeout)
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
	step.Probe, step.Deadline = p.result, p.deadline
	k.probes.give(e.ref)
	return true
}
