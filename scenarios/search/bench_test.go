package search_test

import (
	"testing"

	"butterfly/scenarios/search"
	"butterfly/scenarios/stage"
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

// What the table of coverage costs: a run of five servers without it and with it.
func BenchmarkCoverage(b *testing.B) {
	plan := find(b, "storm", "servers=5", "origins=30").Expand(1)
	for name, on := range map[string]bool{"off": false, "on": true} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				stage.Build(plan, 1, stage.Options{Coverage: on}).Run()
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
