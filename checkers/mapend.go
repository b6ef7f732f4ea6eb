package checkers

import (
	"slices"

	"butterfly/node"
)

// maxCompared bounds how many sets of siblings are read when a run ends: beyond it, keys are judged
// by an even sample.
const maxCompared = 1 << 22

// finish judges the end of a run and hands in what was measured.
func (h *MapHistory) finish(o *Observation, view View, report *Report) {
	h.judgeFixedPoint(o, view, report)
	report.Metric("map_writes", float64(h.log.total))
	report.Metric("map_siblings_most", float64(h.most))
	report.Metric("map_replicas_behind", float64(h.behind(view)))
}

// judgeFixedPoint demands that replicas which have seen the same show the same: no exchange between
// them will change that any more.
func (h *MapHistory) judgeFixedPoint(o *Observation, view View, report *Report) {
	var first []node.ID // of the hosts whose replicas have seen the same
	for host := range node.ID(len(h.replicas)) {
		if !view.Up(host) || h.replicas[host].replica == nil {
			continue
		}
		same := slices.IndexFunc(first, func(other node.ID) bool { return h.sawSame(host, other) })
		if same < 0 {
			first = append(first, host)
			continue
		}
		h.judgeSame(host, first[same], o, report)
	}
}

func (h *MapHistory) sawSame(a, b node.ID) bool {
	r, q := &h.replicas[a], &h.replicas[b]
	return slices.Equal(r.claims, q.claims) && slices.Equal(r.cloud, q.cloud)
}

func (h *MapHistory) judgeSame(a, b node.ID, o *Observation, report *Report) {
	stride := 1 + 2*len(h.log.labels)*len(h.replicas)/maxCompared
	for key := 0; key < len(h.log.labels); key += stride {
		name := h.log.labels[key]
		h.siblings = h.replicas[a].replica.Siblings(name, h.siblings[:0])
		h.others = h.replicas[b].replica.Siblings(name, h.others[:0])
		if !slices.Equal(h.siblings, h.others) {
			report.Violate(PropertyFixedPoint, o.At,
				"hosts %d and %d have seen the same and end with the siblings %v and %v of key %d",
				a, b, h.siblings, h.others, name)
			return
		}
	}
}

// behind counts the replicas that lack a write which another on their side has seen.
func (h *MapHistory) behind(view View) (count int) {
	most := h.mostSeen(view)
	for host := range h.replicas {
		if !view.Up(node.ID(host)) {
			continue
		}
		r := &h.replicas[host]
		for actor, seen := range most[view.Side(node.ID(host))] {
			if r.extent(int32(actor)) < seen && !r.retired(int32(actor)) {
				count++
				break
			}
		}
	}
	return count
}

// mostSeen returns, by side and actor, the newest dot that a replica there has seen.
func (h *MapHistory) mostSeen(view View) [][]uint32 {
	most := make([][]uint32, view.Sides())
	for side := range most {
		most[side] = make([]uint32, len(h.log.names))
	}
	for host := range h.replicas {
		if !view.Up(node.ID(host)) {
			continue
		}
		side := most[view.Side(node.ID(host))]
		for actor, seen := range h.replicas[host].seen {
			side[actor] = max(side[actor], seen)
		}
	}
	return most
}
