package group

import (
	"fmt"
	"testing"
	"time"

	"butterfly/scenarios"
	"butterfly/sim/clock"
)

// BenchmarkCrash plays one virtual second of swim-crash per iteration, from the end of its warm-up
// on: probes, one crash, and the news of it. The two largest sizes take seconds to set up.
func BenchmarkCrash(b *testing.B) {
	for _, servers := range []int{8, 128, 1000, 10_000} {
		if testing.Short() && servers > 128 {
			continue
		}
		b.Run(fmt.Sprint(servers), func(b *testing.B) { benchmarkCrash(b, servers) })
	}
}

func benchmarkCrash(b *testing.B, servers int) {
	b.ReportAllocs()
	s, err := scenarios.Find("swim-crash")
	if err != nil {
		b.Fatal(err)
	}
	s.Servers = servers
	var w *World
	var seconds, events uint64
	for b.Loop() {
		if w == nil || w.Now() >= w.Ends() {
			b.StopTimer()
			if w != nil {
				events += w.Result().Events
			}
			w = Build(s, 1, Options{})
			w.Advance(clock.At(30 * time.Second))
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
