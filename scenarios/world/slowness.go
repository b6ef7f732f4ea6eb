package world

import (
	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
)

// slowDown makes the hosts of a fault slower by its cost, whether or not their processes run. To
// the checkers a slow host is one that stands still: nothing is promised of how far it lags behind.
func (w *World[M]) slowDown(f *scenarios.Fault, b *bite) {
	for _, id := range f.Hosts {
		h := &w.hosts[id]
		if w.Up(id) && h.cost == 0 {
			b.struck++
			w.lag(id)
		}
		h.cost += f.InputCost()
		w.kernel.SetCost(id, h.cost)
	}
}

// speedUp ends such a fault.
func (w *World[M]) speedUp(f *scenarios.Fault, b *bite) {
	for _, id := range f.Hosts {
		h := &w.hosts[id]
		h.cost -= f.InputCost()
		if w.able(id) {
			w.tell(checkers.Observation{Kind: checkers.HostResumed, Host: id})
		}
		if delayed := w.kernel.SetCost(id, h.cost); h.cost == 0 {
			b.late += delayed
			b.returned++
		}
	}
}

// lag tells the checkers of a host that is slow from now on, unless it stands still anyway.
func (w *World[M]) lag(id node.ID) {
	if !w.kernel.Stalled(id) && !w.lacksSockets(id) {
		w.tell(checkers.Observation{Kind: checkers.HostStalled, Host: id})
	}
}
