package cluster

import (
	"cmp"
	"slices"
	"time"

	"butterfly/scenarios"
)

// withoutStreams is for how long at most news may be kept from spreading by blocked streams. Blocks
// that are less apart than it takes to spread count as one, with the time between them: news that
// meets the first may not have got round when the second begins.
func withoutStreams(faults []scenarios.Fault, spread time.Duration) (longest time.Duration) {
	var blocks []scenarios.Fault
	for i := range faults {
		if faults[i].Kind == scenarios.NoStreams {
			blocks = append(blocks, faults[i])
		}
	}
	slices.SortFunc(blocks, func(a, b scenarios.Fault) int { return cmp.Compare(a.At, b.At) })
	for i := 0; i < len(blocks); {
		begin, end := blocks[i].At, blocks[i].End()
		for i++; i < len(blocks) && blocks[i].At <= end+scenarios.Span(spread); i++ {
			end = max(end, blocks[i].End())
		}
		longest = max(longest, (end - begin).Duration())
	}
	return longest
}
