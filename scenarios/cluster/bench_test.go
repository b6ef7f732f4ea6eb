package cluster

import (
	"fmt"
	"testing"
	"time"

	"butterfly/sim/clock"
)

// BenchmarkCluster plays one virtual second of the talk's cluster per iteration, from its second minute
// on: the storm is about to begin, and goes on for four minutes.
func BenchmarkCluster(b *testing.B) {
	for _, size := range []struct{ servers, origins int }{{8, 200}, {64, 10_000}} {
		if testing.Short() && size.origins > 1000 {
			continue
		}
		b.Run(fmt.Sprintf("%dx%d", size.servers, size.origins), func(b *testing.B) {
			benchmarkCluster(b, size.servers, size.origins)
		})
	}
}

func benchmarkCluster(b *testing.B, servers, origins int) {
	b.ReportAllocs()
	s := catalogued(b, "talk")
	s.Servers, s.Origins = servers, origins
	var w Run
	var seconds, events uint64
	for b.Loop() {
		if w == nil || w.Now() >= w.Ends() {
			b.StopTimer()
			if w != nil {
				events += w.Result().Events
			}
			w = Build(s, 1, Options{})
			w.Advance(clock.At(2 * time.Minute))
			events -= w.Result().Events
			b.StartTimer()
		}
		w.Advance(w.Now().Add(time.Second))
		seconds++
	}
	events += w.Result().Events
	elapsed := b.Elapsed().Seconds()
	b.ReportMetric(float64(seconds)/elapsed, "virtual-s/s")
	b.ReportMetric(float64(events)/elapsed, "events/s")
}
