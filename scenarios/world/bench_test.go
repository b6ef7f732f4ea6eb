package world_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// In the steady state a world allocates nothing: what is left are the machines.
func TestAWorldAllocatesNothing(t *testing.T) {
	s := talkers(8)
	s.Duration = time.Hour
	w := world.New(s)
	w.Advance(clock.At(time.Minute))
	require.Zero(t, testing.AllocsPerRun(10, func() { w.Advance(w.Now().Add(100 * ms)) }))
}

// "Probes are the bulk of events": they allocate nothing either.
func TestProbesAllocateNothing(t *testing.T) {
	w := world.New(nurses(8, 100))
	w.Advance(clock.At(time.Minute))
	require.Zero(t, testing.AllocsPerRun(10, func() { w.Advance(w.Now().Add(time.Second)) }))
}

// BenchmarkWorld measures an event of 32 talkers: the kernel, the network and the fan-out of
// effects.
func BenchmarkWorld(b *testing.B) {
	s := talkers(32)
	s.Duration = 1000 * time.Hour
	w := world.New(s)
	w.Advance(clock.At(time.Second))
	b.ReportAllocs()
	before := w.Result().Events
	for b.Loop() {
		w.Advance(w.Now().Add(ms))
	}
	events := float64(w.Result().Events - before)
	b.ReportMetric(events/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(b.Elapsed().Seconds()*1e9/events, "ns/event")
}

// BenchmarkProbers measures a virtual second of SWIM's steady traffic: a wake, a ping, an ack and
// an event for each host, as [prober] does it. What is left for a real protocol is the rest.
func BenchmarkProbers(b *testing.B) {
	for _, hosts := range []int{8, 128, 1000, 10_000} {
		b.Run(fmt.Sprintf("hosts=%d", hosts), func(b *testing.B) {
			w := world.New(probers(hosts))
			w.Advance(clock.At(10 * time.Second))
			before := w.Result().Events
			b.ReportAllocs()
			for b.Loop() {
				w.Advance(w.Now().Add(time.Second))
			}
			seconds := b.Elapsed().Seconds()
			b.ReportMetric(float64(w.Result().Events-before)/seconds, "events/s")
			b.ReportMetric(float64(b.N)/seconds, "virtual-s/s")
		})
	}
}

// BenchmarkProbes measures a virtual second of health checks, an alarm, a probe and its result for
// each origin: what is left of a cluster's run is for its machines and its checkers.
func BenchmarkProbes(b *testing.B) {
	for _, size := range []struct{ hosts, origins int }{{64, 10_000}, {168, 20_000}} {
		b.Run(fmt.Sprintf("%dx%d", size.hosts, size.origins), func(b *testing.B) {
			w := world.New(nurses(size.hosts, size.origins))
			w.Advance(clock.At(10 * time.Second))
			before := w.Result().Probes
			b.ReportAllocs()
			for b.Loop() {
				w.Advance(w.Now().Add(time.Second))
			}
			seconds := b.Elapsed().Seconds()
			b.ReportMetric(seconds*1e9/float64(w.Result().Probes-before), "ns/probe")
			b.ReportMetric(float64(b.N)/seconds, "virtual-s/s")
		})
	}
}

// BenchmarkStart measures building a world, the starts of all its hosts and their first second.
func BenchmarkStart(b *testing.B) {
	for _, hosts := range []int{1000, 10_000} {
		b.Run(fmt.Sprintf("hosts=%d", hosts), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				world.New(probers(hosts)).Advance(clock.At(time.Second))
			}
		})
	}
}
