package planet

import (
	"maps"
	"slices"
	"strings"

	"butterfly/scenarios/world"
)

// combine makes one value of those of several data centres, of which there is at least one.
type combine func(values []float64) float64

func mean(values []float64) float64 { return sum(values) / float64(len(values)) }

func sum(values []float64) (total float64) {
	for _, v := range values {
		total += v
	}
	return total
}

// most is the greatest of them.
func most(values []float64) float64 { return slices.Max(values) }

// combinationOf says what becomes of a metric, by what its name contains. Rates, shares and medians
// are averaged over the data centres, which are of one size but for what a seed varies; of other
// times the longest counts; and what is left, numbers of things and the time of all of them, adds
// up.
func combinationOf(metric string) combine {
	of := func(marks ...string) bool {
		return slices.ContainsFunc(marks, func(m string) bool { return strings.Contains(metric, m) })
	}
	switch {
	case of("_per_", "_ppm", "_share", "_ratio", "_p50"):
		return mean
	case of("duplicate_", "overlap_", "unchecked_", "requests_"):
		return sum
	case of("longest_", "_max", "_most", "_seconds"):
		return most
	}
	return sum
}

// metrics makes one value of each metric. A data centre that did not measure it has no say.
func metrics(results []*world.Result) map[string]float64 {
	values := map[string][]float64{}
	for _, r := range results {
		for _, name := range slices.Sorted(maps.Keys(r.Metrics)) {
			values[name] = append(values[name], r.Metrics[name])
		}
	}
	all := make(map[string]float64, len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		all[name] = combinationOf(name)(values[name])
	}
	return all
}
