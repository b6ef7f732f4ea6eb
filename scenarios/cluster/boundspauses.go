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
	spells := standstills(faults)
	for i := range spells {
		longest = max(longest, lost(spells[i:], scenarios.Span(running)).Duration())
	}
	return longest
}

// spell is a time in which a server stands still.
type spell struct {
	host       node.ID
	begin, end scenarios.Span
}

// standstills are the times when servers stand still, those of one server side by side, in their order and
// apart. A slow one has caught up when it is slow no more. A blocked one stands still from the first thing
// that it sends on.
func standstills(faults []scenarios.Fault) (spells []spell) {
	for i := range faults {
		f := &faults[i]
		if f.Kind == scenarios.Pause || f.Kind == scenarios.Slow || f.Kind == scenarios.Block {
			for _, id := range f.Hosts {
				spells = append(spells, spell{id, f.At, f.End()})
			}
		}
	}
	slices.SortFunc(spells, func(a, b spell) int {
		return cmp.Or(cmp.Compare(a.host, b.host), cmp.Compare(a.begin, b.begin))
	})
	apart := spells[:0]
	for _, s := range spells {
		if last := len(apart) - 1; last >= 0 && apart[last].host == s.host && s.begin <= apart[last].end {
			apart[last].end = max(apart[last].end, s.end)
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
		if s.host != spells[0].host || s.begin-spells[0].begin-sum >= running {
			break
		}
		sum += s.end - s.begin
	}
	return sum
}
