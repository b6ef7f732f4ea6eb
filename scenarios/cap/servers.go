package cap

import (
	"butterfly/checkers"
	"butterfly/node"
)

// watcher shows a checker the servers alone: of a world whose hosts are all servers it would see
// the same.
type watcher struct {
	checkers.Checker
	servers int
}

func amongServers(c checkers.Checker, servers int) checkers.Checker { return &watcher{c, servers} }

// Observe implements [checkers.Checker].
func (w *watcher) Observe(o *checkers.Observation, view checkers.View, r *checkers.Report) {
	const ofHosts = checkers.Event | checkers.HostUp | checkers.HostDown |
		checkers.HostStalled | checkers.HostResumed
	if o.Kind&ofHosts != 0 && int(o.Host) >= w.servers {
		return
	}
	w.Checker.Observe(o, servers{view, w.servers}, r)
}

// servers is the part of a view that is about the servers, which come first.
type servers struct {
	checkers.View
	count int
}

// Hosts implements [checkers.View].
func (s servers) Hosts() int { return s.count }

// Sides implements [checkers.View]: sides with clients alone are none.
func (s servers) Sides() (sides int) {
	seen := make(map[int]bool)
	for server := range node.ID(s.count) {
		if side := s.Side(server); side >= 0 && !seen[side] {
			seen[side] = true
			sides++
		}
	}
	return sides
}
