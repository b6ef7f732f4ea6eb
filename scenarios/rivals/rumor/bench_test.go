package rumor

import "testing"

// BenchmarkRun plays rumors among the thousand sites of the paper: what `plot rumor` does.
func BenchmarkRun(b *testing.B) {
	for _, v := range []Variant{{}, {Pull: true}} {
		b.Run(v.String(), func(b *testing.B) {
			b.ReportAllocs()
			plan := Plan{Variant: v, K: 3, Servers: 1000}
			for seed := uint64(0); b.Loop(); seed++ {
				Run(plan, seed)
			}
		})
	}
}
