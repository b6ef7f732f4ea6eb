package world

import (
	"slices"

	"butterfly/checkers"
	"butterfly/node"
)

// exhaustSockets begins a fault whose hosts can open no sockets. To the checkers they stand still: each
// attempt at a probe counts as one, and who else finds out about an origin is judged without them.
func (w *World[M]) exhaustSockets(index int) {
	for _, id := range w.spec.Faults[index].Hosts {
		if w.able(id) {
			w.tell(checkers.Observation{Kind: checkers.HostStalled, Host: id})
		}
	}
	w.exhausted = append(w.exhausted, index)
}

// freeSockets ends such a fault.
func (w *World[M]) freeSockets(index int) {
	w.exhausted = slices.DeleteFunc(w.exhausted, func(i int) bool { return i == index })
	for _, id := range w.spec.Faults[index].Hosts {
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
func (w *World[M]) lacksSockets(id node.ID) bool {
	return slices.ContainsFunc(w.exhausted, func(index int) bool { return w.exhausts(index, id) })
}

func (w *World[M]) exhausts(index int, id node.ID) bool {
	return slices.Contains(w.spec.Faults[index].Hosts, id)
}

// countUnmade counts a probe that could not be made with each fault that is to blame.
func (w *World[M]) countUnmade(host node.ID) {
	for _, index := range w.exhausted {
		if w.exhausts(index, host) {
			w.faults[index].bite.unmade++
		}
	}
}
