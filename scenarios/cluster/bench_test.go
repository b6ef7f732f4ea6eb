package cluster

import (
	"testing"
	"time"

	"butterfly/node/wire"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// BenchmarkCluster plays one virtual second of a cluster per iteration, from a given moment on, and
// begins anew where its window ends. The unwatched runs have no checkers, which do not change what
// happens: the difference is what they cost.
//
// What it is to come to on one core: 200 virtual seconds a second with 64 servers and 10,000 origins,
// in calm and in the storm, and 40 with 168 servers and 20,000 origins.
func BenchmarkCluster(b *testing.B) {
	const few = 1000 // origins, up to which a window is worth its set-up in a short run
	for _, w := range []window{
		{name: "calm-64x10000", scenario: "calm", servers: 64, origins: 10_000, from: 60, to: 300},
		{name: "talk-64x10000", scenario: "talk", servers: 64, origins: 10_000, from: 120, to: 600},
		{name: "calm-168x20000", scenario: "calm", servers: 168, origins: 20_000, from: 30, to: 300},
		{name: "start-64x20000", scenario: "planet", servers: 64, origins: 20_000, from: 0, to: 30},
		{name: "talk-8x200", scenario: "talk", servers: 8, origins: 200, from: 120, to: 600},
	} {
		if testing.Short() && w.origins > few {
			continue
		}
		b.Run(w.name, func(b *testing.B) { w.benchmark(b, watched) })
		b.Run(w.name+"-unwatched", func(b *testing.B) { w.benchmark(b, unwatched) })
	}
}

// window is a part of a scenario's run, from and to in virtual seconds.
type window struct {
	name, scenario   string
	servers, origins int
	from, to         int
}

func watched(s scenarios.Scenario) Run { return Build(s, 1, Options{}) }

func unwatched(s scenarios.Scenario) Run {
	c := plan(s, 1)
	spec := specOf(c, ours(c), Options{})
	spec.Checkers = nil
	return world.New[wire.Message](spec)
}

func (w *window) benchmark(b *testing.B, build func(scenarios.Scenario) Run) {
	b.ReportAllocs()
	var run Run
	var seconds, events uint64
	for b.Loop() {
		if run == nil || run.Now() >= clock.At(time.Duration(w.to)*time.Second) {
			b.StopTimer()
			events += eventsOf(run)
			run = build(w.scenarioOf(b))
			run.Advance(clock.At(time.Duration(w.from) * time.Second))
			events -= eventsOf(run)
			b.StartTimer()
		}
		run.Advance(run.Now().Add(time.Second))
		seconds++
	}
	events += eventsOf(run)
	elapsed := b.Elapsed().Seconds()
	b.ReportMetric(float64(seconds)/elapsed, "virtual-s/s")
	b.ReportMetric(float64(events)/elapsed, "events/s")
}

func (w *window) scenarioOf(b *testing.B) scenarios.Scenario {
	s := scenarios.Scenario{}
	for _, each := range scenarios.Catalogue() {
		if each.Name == w.scenario {
			s = each
		}
	}
	s.Servers, s.Origins, s.Datacenters = w.servers, w.origins, 0
	if err := s.Validate(); err != nil {
		b.Fatal(err)
	}
	return s
}

// eventsOf is how many events a run has handled; of none 0. It ends the run.
func eventsOf(run Run) uint64 {
	if run == nil {
		return 0
	}
	return run.Result().Events
}
