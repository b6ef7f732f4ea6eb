package cluster

import (
	"cmp"
	"slices"
	"time"

	"butterfly/scenarios"
)

// withoutStreams is for how long at most news may be kept from spreading by blocked streams.
func withoutStreams(faults []scenarios.Fault, spread time.Duration) time.Duration {
	return longestSpell(faults, spread, func(f *scenarios.Fault) bool { return f.Kind == scenarios.NoStreams })
}

// longestSpell is for how long at most faults that are in the way of news last. Those that are less apart
// than it takes to spread count as one, with the time between them: news that meets the first may not
// have got round when the second begins.
func longestSpell(
	faults []scenarios.Fault, spread time.Duration, isInTheWay func(*scenarios.Fault) bool,
) (longest time.Duration) {
	var spells []scenarios.Fault
	for i := range faults {
		if isInTheWay(&faults[i]) {
			spells = append(spells, faults[i])
		}
	}
	slices.SortFunc(spells, func(a, b scenarios.Fault) int { return cmp.Compare(a.At, b.At) })
	for i := 0; i < len(spells); {
		begin, end := spells[i].At, spells[i].End()
		for i++; i < len(spells) && spells[i].At <= end+scenarios.Span(spread); i++ {
			end = max(end, spells[i].End())
		}
		longest = max(longest, (end - begin).Duration())
	}
	return longest
}
