package planet

import (
	"time"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
	"butterfly/sim/trace"
)

// toy is a world of one server that draws a number a second, and takes an origin of that number for
// dead.
type toy struct {
	part  Part
	view  checkers.Checker
	ends  clock.Time
	now   clock.Time
	luck  rng.Rand
	print trace.Fingerprint
	steps uint64
}

func newToy(p Part, view checkers.Checker) World {
	return &toy{part: p, view: view, luck: rng.New(p.Seed), ends: clock.At(p.Scenario.Duration.Duration())}
}

func (w *toy) Advance(to clock.Time) {
	for to = min(to, w.ends); w.now.Add(time.Second) <= to; {
		w.now, w.steps = w.now.Add(time.Second), w.steps+1
		drawn := w.luck.Below(uint64(w.part.Scenario.Origins))
		w.print.FoldWords(drawn, 0, 0, 0)
		w.view.Observe(believes(uint32(drawn), unhealthy), nil, nil)
	}
}

func (w *toy) Result() *world.Result {
	verdict := world.Pass
	if w.now < w.ends {
		verdict = world.Unknown
	}
	return &world.Result{
		Scenario: w.part.Scenario.Name, Seed: w.part.Seed, Verdict: verdict, Fingerprint: w.print,
		Events: w.steps, Virtual: w.now, Faults: []world.FaultReport{{Kind: scenarios.Crash, Count: 1}},
	}
}

func believes(origin uint32, status uint64) *checkers.Observation {
	return &checkers.Observation{
		Kind: checkers.Event, Event: node.Event{Kind: node.Believed, Subject: origin, A: status},
	}
}
