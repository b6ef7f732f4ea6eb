package world

import (
	"slices"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
)

// disconnect begins a fault of uplinks: each of its hosts is cut off from everybody, those of the
// same fault included, and reaches no origin. Faults that overlap on a host are counted.
func (w *World[M]) disconnect(index int) {
	hosts := w.spec.Faults[index].Hosts
	w.faults[index].link.cut = w.network.Cut(netmodel.Cut{A: hosts, B: w.everybody()})
	w.uplinks = append(w.uplinks, index)
	for _, id := range hosts {
		w.hosts[id].uplinks++
		if w.hosts[id].uplinks == 1 {
			w.tell(checkers.Observation{Kind: checkers.UplinkChanged, Host: id, Up: false})
		}
	}
	w.changedSides()
}

// reconnect ends such a fault.
func (w *World[M]) reconnect(index int) {
	w.faults[index].bite.countCut(w.network.Heal(w.faults[index].link.cut))
	w.uplinks = slices.DeleteFunc(w.uplinks, func(i int) bool { return i == index })
	for _, id := range w.spec.Faults[index].Hosts {
		w.hosts[id].uplinks--
		if w.hosts[id].uplinks == 0 {
			w.tell(checkers.Observation{Kind: checkers.UplinkChanged, Host: id, Up: true})
		}
	}
	w.changedSides()
}

func (w *World[M]) everybody() []node.ID {
	all := make([]node.ID, len(w.hosts))
	for id := range all {
		all[id] = node.ID(id)
	}
	return all
}
