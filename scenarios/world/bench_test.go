package world_test

import (
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
