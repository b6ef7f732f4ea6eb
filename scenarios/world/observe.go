package world

import (
	"math/bits"

	"butterfly/checkers"
	"butterfly/node"
)

// observers hands observations to the checkers that watch their kind.
type observers struct {
	report checkers.Report
	byKind [kinds][]checkers.Checker // by the number of the kind's bit
	told   checkers.Observation      // the one being handed over: its memory is reused
}

// kinds is how many kinds of observations there are, [checkers.Event] to [checkers.Ended].
const kinds = 13

func newObservers(all []checkers.Checker, off func(property string) bool) observers {
	var o observers
	o.report.Ignore(off)
	for bit := range o.byKind {
		for _, c := range all {
			if c.Watches()&(1<<bit) != 0 {
				o.byKind[bit] = append(o.byKind[bit], c)
			}
		}
	}
	return o
}

func (o *observers) watching(kind checkers.Kind) []checkers.Checker {
	return o.byKind[bits.TrailingZeros16(uint16(kind))]
}

// tell hands an observation, made now, to those who watch its kind.
func (w *World[M]) tell(o checkers.Observation) {
	if watching := w.observe.watching(o.Kind); len(watching) > 0 {
		o.At = w.Now()
		w.observe.told = o
		w.hand(watching)
	}
}

// tellEvent is tell for what a node has said, the one observation that is made all the time: it is
// put together where it is handed over from.
func (w *World[M]) tellEvent(host node.ID, e *node.Event) {
	told := &w.observe.told
	told.At, told.Kind, told.Host, told.Event = w.Now(), checkers.Event, host, *e
	told.Origin, told.Up, told.Outcome = 0, false, 0
	w.hand(w.observe.watching(checkers.Event))
}

// tellProbe is tell for what happens to a probe, which is nearly as frequent.
func (w *World[M]) tellProbe(
	kind checkers.Kind, host node.ID, origin uint32, outcome node.Outcome,
) {
	watching := w.observe.watching(kind)
	if len(watching) == 0 {
		return
	}
	told := &w.observe.told
	told.At, told.Kind, told.Host, told.Origin, told.Outcome = w.Now(), kind, host, origin, outcome
	told.Up, told.Event = false, node.Event{}
	w.hand(watching)
}

// hand gives what is told to those who watch for it.
func (w *World[M]) hand(watching []checkers.Checker) {
	for _, c := range watching {
		c.Observe(&w.observe.told, w, &w.observe.report)
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

// Probes is how many health probes all hosts have started so far.
func (w *World[M]) Probes() uint64 { return w.traffic.probes }

var _ checkers.View = (*World[struct{}])(nil)
