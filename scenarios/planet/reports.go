package planet

import (
	"fmt"
	"maps"
	"slices"

	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// SituationApart: at some time servers of some data centres took an origin for dead, and those of
// others never did.
const SituationApart = "an origin was taken for dead in some data centres only"

// faults sums up the faults of each kind, and in how many data centres they had an effect.
func faults(results []*world.Result) []world.FaultReport {
	var all []world.FaultReport
	for _, kind := range scenarios.FaultKinds() {
		whole, struck, bitten := world.FaultReport{Kind: kind}, 0, 0
		for _, r := range results {
			for _, f := range r.Faults {
				if f.Kind != kind {
					continue
				}
				whole.Count += f.Count
				struck++
				if f.Effect != "" {
					bitten++
				}
			}
		}
		if bitten > 0 {
			whole.Effect = fmt.Sprintf("had an effect in %d of %d data centres", bitten, struck)
		}
		if struck > 0 {
			all = append(all, whole)
		}
	}
	return all
}

// situations sums up how often each situation occurred. One that a data centre was to reach and did
// not is listed once more, with the name of the first such data centre.
func situations(results []*world.Result, apart int) []world.Situation {
	counts := map[string]int{}
	for _, r := range results {
		for _, s := range r.Sometimes {
			counts[s.Name] += s.Count
		}
	}
	if apart > 0 {
		counts[SituationApart] = apart
	}
	var all []world.Situation
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		all = append(all, world.Situation{Name: name, Count: counts[name]})
		if where := missing(results, name); where != "" && counts[name] > 0 {
			all = append(all, world.Situation{Name: name + ", in " + where})
		}
	}
	return all
}

// missing is the first data centre that was to reach a situation and did not, empty if there is
// none.
func missing(results []*world.Result, situation string) string {
	for _, r := range results {
		if slices.Contains(r.Sometimes, world.Situation{Name: situation}) {
			return r.Scenario
		}
	}
	return ""
}
