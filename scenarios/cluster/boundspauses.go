package cluster

import (
	"cmp"
	"slices"
	"time"

	"butterfly/node"
	"butterfly/scenarios"
)

// standstill is for how long one server handles nothing at most, or lags behind, in the time that it takes
// for something to run for so long: if it stands still again before it has done that, it loses both.
func standstill(faults []scenarios.Fault, running time.Duration) (longest time.Duration) {
	for _, spells := range standstills(faults) {
		for i := range spells {
			longest = max(longest, lost(spells[i:], scenarios.Span(running)).Duration())
		}
	}
	return longest
}

// spell is a time from begin to end.
type spell struct{ begin, end scenarios.Span }

// standstills are the times when servers stand still, by server, in their order and apart. A slow one has
// caught up when it is slow no more. A blocked one stands still from the first thing that it sends on.
func standstills(faults []scenarios.Fault) map[node.ID][]spell {
	all := map[node.ID][]spell{}
	for i := range faults {
		f := &faults[i]
		if f.Kind != scenarios.Pause && f.Kind != scenarios.Slow && f.Kind != scenarios.Block {
			continue
		}
		for _, id := range f.Hosts {
			all[id] = append(all[id], spell{f.At, f.End()})
		}
	}
	for id, spells := range all {
		all[id] = merged(spells)
	}
	return all
}

// merged sorts spells, and makes one of those that meet.
func merged(spells []spell) []spell {
	slices.SortFunc(spells, func(a, b spell) int { return cmp.Compare(a.begin, b.begin) })
	apart := spells[:1]
	for _, s := range spells[1:] {
		if last := &apart[len(apart)-1]; s.begin <= last.end {
			last.end = max(last.end, s.end)
		} else {
			apart = append(apart, s)
		}
	}
	return apart
}

// lost is how much of its time a server loses that begins to run with the first of the spells, until it has
// run for so long.
func lost(spells []spell, running scenarios.Span) (sum scenarios.Span) {
	for _, s := range spells {
		if s.begin-spells[0].begin-sum >= running {
			break
		}
		sum += s.end - s.begin
	}
	return sum
}
