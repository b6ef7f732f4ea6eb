package cluster

import (
	"testing"

	"butterfly/scenarios"
)

// BenchmarkSmall plays whole runs of the size that hunts are made of, each of another seed, from the
// storm's being drawn to the verdict.
//
// What it is to come to on one core: 20 ms a run of 5 servers and 200 origins in calm.
func BenchmarkSmall(b *testing.B) {
	for _, name := range []string{"calm", "storm", "talk"} {
		b.Run(name+"-5x200", func(b *testing.B) {
			w := window{scenario: name, servers: 5, origins: 200}
			benchmarkWhole(b, w.scenarioOf(b))
		})
	}
}

func benchmarkWhole(b *testing.B, s scenarios.Scenario) {
	b.ReportAllocs()
	var events uint64
	for seed := uint64(1); b.Loop(); seed++ {
		events += Build(s, seed, Options{}).Run().Events
	}
	b.ReportMetric(float64(events)/float64(b.N), "events/run")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(events), "ns/event")
}
