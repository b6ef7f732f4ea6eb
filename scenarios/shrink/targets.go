package shrink

import (
	"slices"

	"butterfly/node"
	"butterfly/scenarios"
)

// spareOrigins drops origins from all faults at once: a bug is mostly about one of them, and finding
// that one takes no more runs for many faults than for a single one.
func (s *search) spareOrigins() {
	var named []uint32
	for i := range s.best.Faults {
		named = append(named, s.best.Faults[i].Origins...)
	}
	slices.Sort(named)
	reduce(slices.Compact(named), func(kept []uint32) bool {
		return s.tryWith(func(plan *scenarios.Scenario) { strikeOnly(plan, kept) })
	})
}

// strikeOnly leaves the faults that strike origins only the given ones, and drops those that strike no
// other.
func strikeOnly(plan *scenarios.Scenario, origins []uint32) {
	others := plan.Faults
	plan.Faults = nil
	for _, f := range others {
		if len(f.Origins) > 0 {
			f.Origins = slices.DeleteFunc(slices.Clone(f.Origins), func(o uint32) bool {
				return !slices.Contains(origins, o)
			})
			if len(f.Origins) == 0 {
				continue
			}
		}
		plan.Faults = append(plan.Faults, f)
	}
}

// spareTargets drops from each fault the servers and origins that it need not strike.
func (s *search) spareTargets() {
	for i := range s.best.Faults {
		reduce(s.best.Faults[i].Origins, func(kept []uint32) bool {
			return s.tryWith(func(plan *scenarios.Scenario) { plan.Faults[i].Origins = kept })
		})
		reduce(s.best.Faults[i].Hosts, func(kept []node.ID) bool {
			return s.tryWith(func(plan *scenarios.Scenario) { plan.Faults[i].Hosts = kept })
		})
		reduce(s.best.Faults[i].Others, func(kept []node.ID) bool {
			return s.tryWith(func(plan *scenarios.Scenario) { plan.Faults[i].Others = kept })
		})
	}
}
