package testbed

import (
	"slices"
	"time"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// Group is the data centre in a run.
type Group[M any] struct {
	*world.World[M]
	watch *watch
}

// New begins a run.
func New[M any](spec world.Spec[M]) *Group[M] {
	w := &watch{by: make([][]node.ID, Origins)}
	spec.Checkers = append(slices.Clone(spec.Checkers), w)
	return &Group[M]{world.New(spec), w}
}

// PlayTo plays until a number of milliseconds after the start.
func (g *Group[M]) PlayTo(milliseconds int) {
	g.Advance(clock.At(time.Duration(milliseconds) * time.Millisecond))
}

// Checkers returns which of the servers that are up check an origin, in ascending order.
func (g *Group[M]) Checkers(origin uint32) []node.ID {
	return slices.Sorted(slices.Values(g.watch.by[origin]))
}

// Most returns how many servers check that one of the configured origins which most do.
func (g *Group[M]) Most() (count int) {
	for _, by := range g.watch.by[:Configured] {
		count = max(count, len(by))
	}
	return count
}

// Least returns how many check the one which fewest do.
func (g *Group[M]) Least() int {
	count := Servers
	for _, by := range g.watch.by[:Configured] {
		count = min(count, len(by))
	}
	return count
}

// watch keeps count of who checks what.
type watch struct {
	by [][]node.ID // by origin
}

// Watches implements [checkers.Checker].
func (w *watch) Watches() checkers.Kind { return checkers.Event | checkers.HostDown }

// Observe implements [checkers.Checker].
func (w *watch) Observe(o *checkers.Observation, _ checkers.View, _ *checkers.Report) {
	switch {
	case o.Kind == checkers.HostDown:
		for origin := range w.by {
			w.drop(origin, o.Host)
		}
	case o.Event.Kind == node.CheckBegan:
		w.by[o.Event.Subject] = append(w.by[o.Event.Subject], o.Host)
	case o.Event.Kind == node.CheckEnded:
		w.drop(int(o.Event.Subject), o.Host)
	}
}

func (w *watch) drop(origin int, host node.ID) {
	w.by[origin] = slices.DeleteFunc(w.by[origin], func(other node.ID) bool { return other == host })
}
