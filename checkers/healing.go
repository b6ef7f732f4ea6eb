package checkers

import (
	"slices"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Healing measures how a group comes together again after a partition. A cut begins when there is
// more than one side, and ends when hosts of several sides are on one again and there is no other.
// The group is whole at the first moment from then on at which every host holds every other to be a
// member, alive or suspect, as memberlist counts its members. Hosts that are down, left or yielded
// do not count. Of several cuts the last that ended is measured; a group that is cut again before
// it is whole has not healed.
//
// partition-heals: the group is whole within the bound after the end of each cut. A run, or a time
// between two cuts, that is over before the bound is not held to it.
//
// Its metrics, absent when no cut ended: members_seen_at_heal, the mean over the hosts of how many
// members they hold at the moment the cut ends, themselves included; healed, 1 if the group was
// whole in time and 0 if not; and if it was, heal_seconds, how long that took after the cut.
//
// It keeps a byte per pair of hosts.
type Healing struct {
	within, bound time.Duration
	views         views
	side          []int // by host, -1 for down
	sides         int

	waiting bool       // a cut has ended, and the group has neither been whole nor cut since
	ended   clock.Time // when the last cut ended; Never if none did
	whole   clock.Time // when the group was whole after it; Never if it was not
	seen    []int      // when it ended: how many members each present host held
}

// NewHealing returns a checker. within is how long the group may take to count as healed. bound is
// how long it may take before the promise is broken, longest pause included; 0 promises nothing.
func NewHealing(within, bound time.Duration) *Healing {
	return &Healing{within: within, bound: bound, ended: clock.Never, whole: clock.Never}
}

// Watches implements [Checker].
func (h *Healing) Watches() Kind { return viewed | Reachability | Ended }

// Observe implements [Checker].
func (h *Healing) Observe(o *Observation, view View, report *Report) {
	h.views.observe(o, view)
	if o.Kind == Reachability {
		h.regroup(o.At, view, report)
	}
	if h.waiting && h.views.missing == 0 {
		h.judge(o.At, report)
		h.waiting, h.whole = false, o.At
	}
	if o.Kind == Ended {
		h.judge(o.At, report)
		h.measure(report)
	}
}

// regroup notes the sides, and whether a cut begins or ends with them.
func (h *Healing) regroup(at clock.Time, view View, report *Report) {
	next := make([]int, view.Hosts())
	for host := range next {
		next[host] = view.Side(node.ID(host))
	}
	before, joined := h.sides, h.side != nil && slices.Contains(branching(next, h.side), true)
	h.side, h.sides = next, view.Sides()
	switch {
	case h.sides > 1:
		h.judge(at, report)
		h.waiting = false
	case before > 1 && joined:
		report.Saw(SituationCutEnded)
		h.waiting, h.ended, h.whole = true, at, clock.Never
		h.seen = h.views.sizes()
	}
}

// judge reports a group that is still not whole, though it had until before the given time.
func (h *Healing) judge(at clock.Time, report *Report) {
	due := h.ended.Add(h.bound)
	if h.bound == 0 || !h.waiting || at <= due {
		return
	}
	report.Violate(PropertyPartitionHeals, due,
		"the cut ended at %v and until %v the group was not whole; by the bound %v it had until %v",
		h.ended, at, h.bound, due)
}

func (h *Healing) measure(report *Report) {
	if h.ended == clock.Never {
		return
	}
	report.Metric("members_seen_at_heal", mean(h.seen))
	took := h.whole.Sub(h.ended)
	healed := h.whole != clock.Never && took <= h.within
	report.Metric("healed", float64(oneIf(healed)))
	if healed {
		report.MetricSeconds("heal_seconds", took)
	}
}
