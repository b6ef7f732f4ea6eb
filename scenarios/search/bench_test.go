package search_test

import (
	"testing"

	"butterfly/scenarios/search"
)

// What a plan costs, beside a run of 20 ms.
func BenchmarkPlan(b *testing.B) {
	base := find(b, "storm", "servers=5", "origins=30")
	for _, name := range search.Names() {
		s := strategy(b, name, base)
		b.Run(string(name), func(b *testing.B) {
			for seed := uint64(0); b.Loop(); seed++ {
				s.Plan(seed)
			}
		})
	}
}

// What it takes to number all plans of a storm.
func BenchmarkExhaustive(b *testing.B) {
	base := find(b, "map-truncated", "servers=5")
	for b.Loop() {
		strategy(b, search.Exhaustive, base)
	}
}
