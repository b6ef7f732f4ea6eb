package main

import (
	"context"
	"fmt"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

// series is many runs: of some variants, each with the seeds from 1 on. All variants play a seed
// before any of them plays the next, so that a series that is stopped has played few seeds and not
// few variants.
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

// mostRuns is a typing error rather than a plan.
const mostRuns = 1 << 30

// conduct plays the runs of the series. When ctx ends it returns ctx's error; what was over by then
// has been taken.
func (a *app) conduct(ctx context.Context, s *series) error {
	if s.seeds > mostRuns/s.variants {
		return fmt.Errorf("-n %d: %s each are more than anybody waits for",
			s.seeds, counted(s.variants, "run"))
	}
	runs := s.variants * s.seeds
	plan := hunt.Plan{Last: hunt.Seed(runs - 1)}
	shown := a.follow(int64(runs))
	err := hunt.Sweep(ctx, plan, s.workers, s.play, func(o hunt.Outcome[*world.Result]) error {
		variant, seed := s.place(o.Seed)
		if o.Err != nil {
			return harnessFault(hunt.Seed(seed), o.Err, s.again(variant, seed))
		}
		s.note(variant, seed, o.Value)
		shown.step(int64(s.done), func() string {
			return fmt.Sprintf("%s: %s of %s runs", s.name, grouped(s.done), grouped(runs))
		})
		return nil
	})
	shown.end()
	if s.broken > 0 {
		a.warn("%s of %s broke a promise, the first of them: %s",
			grouped(s.broken), counted(s.done, "run"), s.firstBroken)
	}
	return err
}

// place is which run the sweep's index stands for.
func (s *series) place(index uint64) (variant, seed int) {
	return int(index) % s.variants, 1 + int(index)/s.variants
}

func (s *series) play(ctx context.Context, index uint64) (*world.Result, error) {
	variant, seed := s.place(index)
	return hunt.Play(ctx, s.scenario(variant, seed), uint64(seed), stage.Options{}, nil)
}

func (s *series) note(variant, seed int, r *world.Result) {
	s.done++
	if r.Verdict == world.Fail {
		if s.broken == 0 {
			s.firstBroken = s.again(variant, seed)
		}
		s.broken++
	}
	s.take(variant, seed, r)
}
