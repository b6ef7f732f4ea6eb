package checkers

import (
	"time"

	"butterfly/node"
)

// Owner is the placement under test: which of the live servers is to check origin, or [node.Nobody]
// if none of them may. live is in ascending order and valid only during the call.
//
// An Owner ranks servers per origin and names the highest: adding servers to live either changes
// nothing or makes one of the added the owner (Thaler and Ravishankar, "Using Name-Based Mappings
// to Increase Hit Rates", 1998, call it minimal disruption). [AtLeastOne] relies on it.
type Owner func(origin uint32, live []node.ID) node.ID

// Ownership checks ownership-agreement: at rest each origin that is to be checked is checked by
// exactly one server per side, the one the placement names among the side's live servers, and no
// other origin is checked by anybody. A side of which no server is sure to know the last word about
// an origin may do as it likes.
type Ownership struct {
	owner    Owner
	rest     rest
	duties   duties
	registry registry
	live     []node.ID
}

// NewOwnership returns a checker. Rest begins bound after the last fault, or the last word of an
// operator, which has reached its whole side by then.
func NewOwnership(bound time.Duration, origins Origins, owner Owner) *Ownership {
	return &Ownership{
		owner: owner, rest: rest{bound: bound}, duties: newDuties(origins.Count),
		registry: newRegistry(origins, bound),
	}
}

// Watches implements [Checker].
func (w *Ownership) Watches() Kind { return Event | ordering | Healed | Ended }

// Observe implements [Checker].
func (w *Ownership) Observe(o *Observation, view View, report *Report) {
	w.rest.observe(o)
	w.registry.observe(o, view)
	switch o.Kind {
	case HostDown:
		w.duties.crashed(o.Host)
	case Event:
		w.judgeAll(o, view, report)
		if w.apply(o) && w.rest.demanded(o.At) {
			w.judge(o, o.Event.Subject, w.liveOn(view.Side(o.Host), view), view, report)
		}
	case Ended:
		w.judgeAll(o, view, report)
	}
}

// apply reports whether the event changed who checks what.
func (w *Ownership) apply(o *Observation) bool {
	switch o.Event.Kind {
	case node.CheckBegan:
		return w.duties.began(o.Host, o.Event.Subject)
	case node.CheckEnded:
		return w.duties.ended(o.Host, o.Event.Subject)
	}
	return false
}

// judgeAll judges the state in which rest begins; from there on only changes need judging.
func (w *Ownership) judgeAll(o *Observation, view View, report *Report) {
	if !w.rest.begins(o.At) {
		return
	}
	for side := range view.Sides() {
		live := w.liveOn(side, view)
		for origin := range w.duties.checkers {
			w.judge(o, uint32(origin), live, view, report)
		}
	}
}

// judge holds the checkers of origin among live, which are all of one side, against the placement.
func (w *Ownership) judge(
	o *Observation, origin uint32, live []node.ID, view View, report *Report,
) {
	if len(live) == 0 {
		return
	}
	side := view.Side(live[0])
	demanded := w.registry.demandOn(side, origin)
	owner := node.Nobody
	if demanded != barred {
		owner = w.owner(origin, live)
	}
	checkers := w.duties.on(side, origin, view.Side)
	nobody := len(checkers) == 0 && owner == node.Nobody
	if demanded == free || nobody || len(checkers) == 1 && checkers[0] == owner {
		return
	}
	w.violate(o, origin, len(live), owner, checkers, report)
}

func (w *Ownership) violate(
	o *Observation, origin uint32, live int, owner node.ID, checkers hostList, report *Report,
) {
	report.Violate(PropertyOwnership, o.At,
		"origin %d is checked by %s on a side of %s, where its owner is %s, "+
			"at rest since %v (%v after %v)", origin, checkers, servers(live), hostName(owner),
		w.rest.calm.Add(w.rest.bound), w.rest.bound, w.rest.calm)
}

// liveOn returns the live servers of a side in ascending order, valid until the next call.
func (w *Ownership) liveOn(side int, view View) []node.ID {
	w.live = w.live[:0]
	for host := range view.Hosts() {
		if view.Side(node.ID(host)) == side {
			w.live = append(w.live, node.ID(host))
		}
	}
	return w.live
}
