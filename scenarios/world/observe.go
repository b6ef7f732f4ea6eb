package world

import (
	"butterfly/checkers"
	"butterfly/node"
)

// observers hands observations to the checkers that watch their kind.
type observers struct {
	report  checkers.Report
	byKind  map[checkers.Kind][]checkers.Checker
	onEvent []checkers.Checker // the two busiest kinds, apart
	onProbe []checkers.Checker
	reused  checkers.Observation // for those two
}

func newObservers(all []checkers.Checker) observers {
	o := observers{byKind: make(map[checkers.Kind][]checkers.Checker)}
	for kind := checkers.Event; kind <= checkers.Ended; kind <<= 1 {
		for _, c := range all {
			if c.Watches()&kind != 0 {
				o.byKind[kind] = append(o.byKind[kind], c)
			}
		}
	}
	o.onEvent, o.onProbe = o.byKind[checkers.Event], o.byKind[checkers.ProbeStarted]
	return o
}

// tellEvent hands over what a node said about itself.
func (w *World[M]) tellEvent(host node.ID, e *node.Event) {
	o := &w.observe
	if len(o.onEvent) == 0 {
		return
	}
	o.reused = checkers.Observation{At: w.Now(), Kind: checkers.Event, Host: host, Event: *e}
	for _, c := range o.onEvent {
		c.Observe(&o.reused, w, &o.report)
	}
}

// tellProbe hands over the start of a health probe.
func (w *World[M]) tellProbe(host node.ID, origin uint32) {
	o := &w.observe
	if len(o.onProbe) == 0 {
		return
	}
	o.reused = checkers.Observation{
		At: w.Now(), Kind: checkers.ProbeStarted, Host: host, Origin: origin,
	}
	for _, c := range o.onProbe {
		c.Observe(&o.reused, w, &o.report)
	}
}

// tell hands over one of the rarer observations.
func (w *World[M]) tell(o *checkers.Observation) {
	o.At = w.Now()
	for _, c := range w.observe.byKind[o.Kind] {
		c.Observe(o, w, &w.observe.report)
	}
}

// Up reports whether host's process is running.
func (w *World[M]) Up(host node.ID) bool { return w.hosts[host].machine != nil }

// Hosts is how many hosts there are.
func (w *World[M]) Hosts() int { return len(w.hosts) }

// Side numbers the side of the network host is on; see [checkers.View].
func (w *World[M]) Side(host node.ID) int { return w.sides[host] }

// Sides is how many sides the network has.
func (w *World[M]) Sides() int { return w.sideCount }

var _ checkers.View = (*World[struct{}])(nil)
