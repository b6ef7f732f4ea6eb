package zoo

import (
	"cmp"
	"maps"
	"slices"
)

// Kill is a row of the kill matrix: what it took a strategy to find a mutant.
type Kill struct {
	Mutant, Hunt, Strategy string
	// Restarts is how many searches were made, each over [SeedsPerRestart] seeds of its own, and
	// Found how many of them failed a run. In Panicked of these the mutant panicked.
	Restarts, Found, Panicked int
	// Seeds is the median of how many seeds a search ran until the first that failed, the failing
	// one included; a search that found nothing counts as one seed more than it had.
	Seeds int
	// Property is what was broken first, in most of the searches; empty if nothing was.
	Property string
	// Faults is the median of how many faults were left after shrinking; -1 if nothing was shrunk.
	Faults int
	// Seconds is the wall time of all runs, shrinking included.
	Seconds float64
	// Digest stands for what was measured: see [Mutant.Digest].
	Digest string
}

// Killed reports whether the search found the mutant more often than not.
func (k *Kill) Killed() bool { return k.Seeds <= SeedsPerRestart }

func summarise(all []search) Kill {
	k := Kill{Restarts: len(all), Faults: -1}
	var seeds, faults []int
	properties := map[string]int{}
	for _, s := range all {
		k.Seconds += s.seconds
		if !s.found {
			seeds = append(seeds, SeedsPerRestart+1)
			continue
		}
		k.Found++
		seeds = append(seeds, s.seeds)
		if s.panicked {
			k.Panicked++
		}
		if s.property != "" {
			properties[s.property]++
		}
		if s.faults >= 0 {
			faults = append(faults, s.faults)
		}
	}
	k.Seeds, k.Property = median(seeds), mostOften(properties)
	if len(faults) > 0 {
		k.Faults = median(faults)
	}
	return k
}

// median is the lower of the two in the middle of an even number.
func median(values []int) int {
	slices.Sort(values)
	return values[(len(values)-1)/2]
}

// mostOften returns the name with the highest count, of several the first in the alphabet.
func mostOften(counts map[string]int) string {
	names := slices.Sorted(maps.Keys(counts))
	if len(names) == 0 {
		return ""
	}
	return slices.MaxFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[a], counts[b]), cmp.Compare(b, a))
	})
}
