package main

import (
	"context"
	"fmt"

	"butterfly/scenarios/hunt"
	"butterfly/scenarios/world"
)

// divergedSeed is a seed that gave two runs.
type divergedSeed struct {
	seed hunt.Seed
	// at is where, first and second what happened there.
	at, first, second string
}

// take is given the seeds one by one, in order.
func (h *hunter) take(ctx context.Context, o hunt.Outcome[seedRun]) error {
	defer h.tellProgress()
	h.reach(hunt.Seed(o.Seed))
	if hunt.Rechecked(o.Seed, h.recheck) {
		h.tally.Rechecked++
	}
	switch {
	case o.Err != nil:
		return h.takeFault(o)
	case o.Value.divergence != nil:
		return h.takeDivergence(o)
	}
	r, bundle := o.Value.result, ""
	fresh := h.tally.Add(r)
	h.over.add(o.Value.played())
	if len(r.Violations) > 0 {
		bundle = h.takeFailure(ctx, o.Value, fresh)
	}
	if !h.all && (!h.jsonOutput || len(r.Violations) == 0) {
		return nil
	}
	return h.show(o.Value.played(), bundle)
}

// reach notes that a seed was run. When a hunt is stopped the ones before it need not have been.
func (h *hunter) reach(seed hunt.Seed) {
	h.reached = seed
	if seed == h.seeds.Nth(h.done) {
		h.done++
	}
}

// played is the run of a seed as reports take it.
func (r *seedRun) played() *played {
	return &played{scenario: r.scenario, observed: r.observed, wall: r.wall}
}

// takeFault takes a seed whose run panicked.
func (h *hunter) takeFault(o hunt.Outcome[seedRun]) error {
	h.tally.AddPanic()
	if h.faulty == nil {
		h.faulty = &o
	}
	if !h.jsonOutput {
		return nil
	}
	empty := &world.Result{Scenario: h.scenario.Name, Seed: o.Seed, Verdict: world.Unknown}
	object := h.newReport(&played{observed: observed{result: empty}})
	object.HarnessFault = o.Err.Error()
	return h.printJSON(object)
}

// takeDivergence takes a seed that was run twice and gave two runs. Its verdict is worth nothing.
func (h *hunter) takeDivergence(o hunt.Outcome[seedRun]) error {
	h.tally.AddDivergence()
	d := o.Value.divergence
	h.diverge(divergedSeed{
		hunt.Seed(o.Seed), fmt.Sprintf("event %s", grouped(d.Step+1)), d.First, d.Second,
	})
	if !h.all && !h.jsonOutput {
		return nil
	}
	unknown := *o.Value.result
	unknown.Verdict = world.Unknown
	o.Value.result = &unknown
	return h.show(o.Value.played(), "")
}

// diverge keeps the first seed that gave two runs.
func (h *hunter) diverge(d divergedSeed) {
	if h.diverged == nil {
		h.diverged = &d
	}
}

// show prints one seed: its object, or its headline.
func (h *hunter) show(p *played, bundle string) error {
	if h.jsonOutput {
		object := h.newReport(p)
		object.Bundle = bundle
		return h.printJSON(object)
	}
	h.shown.end()
	sheet := h.newSheet()
	sheet.headline(p)
	return h.print(sheet.String())
}
