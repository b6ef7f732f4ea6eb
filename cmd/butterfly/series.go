package main

import (
	"context"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

// series is many runs of scenarios: of some variants, each with the seeds from 1 on, in the order
// of a [batch].
type series struct {
	name            string
	variants, seeds int
	workers         int
	// scenario is called for several runs at once.
	scenario func(variant, seed int) scenarios.Scenario
	// again is the command line that plays a run, or all of them, again.
	again func(variant, seed int) string
	// take is given the results one by one, in the order of their seeds and variants.
	take func(variant, seed int, r *world.Result)

	done, broken int
	firstBroken  string
}

// conduct plays the runs of the series. When ctx ends it returns ctx's error; what was over by then
// has been taken.
func (a *app) conduct(ctx context.Context, s *series) error {
	err := conductBatch(ctx, a, &batch[*world.Result]{
		name: s.name, noun: "run", flag: "n",
		variants: s.variants, seeds: s.seeds, first: 1, workers: s.workers,
		play:  s.play,
		again: func(variant int, seed uint64) string { return s.again(variant, int(seed)) },
		take:  s.note,
	})
	if s.broken > 0 {
		a.warn("%s of %s broke a promise, the first of them: %s",
			grouped(s.broken), counted(s.done, "run"), s.firstBroken)
	}
	return err
}

func (s *series) play(ctx context.Context, variant int, seed uint64) (*world.Result, error) {
	return hunt.Play(ctx, s.scenario(variant, int(seed)), seed, stage.Options{}, nil)
}

func (s *series) note(variant int, seed uint64, r *world.Result) {
	s.done++
	if r.Verdict == world.Fail {
		if s.broken == 0 {
			s.firstBroken = s.again(variant, int(seed))
		}
		s.broken++
	}
	s.take(variant, int(seed), r)
}
