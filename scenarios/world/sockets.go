package world

import (
	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
)

// exhaustSockets begins a fault whose hosts can open no sockets. To the checkers they stand still: each
// attempt at a probe counts as one, and who else finds out about an origin is judged without them.
func (w *World[M]) exhaustSockets(index int) {
	for _, id := range w.spec.Faults[index].Hosts {
		if w.able(id) {
			w.tell(checkers.Observation{Kind: checkers.HostStalled, Host: id})
		}
		w.hosts[id].exhausted++
	}
}

// freeSockets ends such a fault.
func (w *World[M]) freeSockets(index int) {
	for _, id := range w.spec.Faults[index].Hosts {
		w.hosts[id].exhausted--
		if w.able(id) {
			w.tell(checkers.Observation{Kind: checkers.HostResumed, Host: id})
		}
	}
}

// able reports whether a host can do what it has to: it is up, neither stands still nor is slow, and
// has sockets.
func (w *World[M]) able(id node.ID) bool {
	return w.Up(id) && !w.kernel.Stalled(id) && w.hosts[id].cost == 0 && !w.lacksSockets(id)
}

// lacksSockets reports whether a host can open no sockets now.
func (w *World[M]) lacksSockets(id node.ID) bool { return w.hosts[id].exhausted > 0 }

// countUnmade counts a probe that could not be made with each fault that is to blame.
func (w *World[M]) countUnmade(host node.ID) {
	w.eachInForce(scenarios.NoSockets, host, func(_ *scenarios.Fault, b *bite) { b.unmade++ })
}
