package main

import (
	"context"
	"fmt"

	"butterfly/scenarios/hunt"
)

// batch is many runs: of some variants, each with the same seeds. All variants play a seed before
// any of them plays the next, so that a batch that is stopped has played few seeds and not few
// variants.
type batch[T any] struct {
	name string // what is run, for who watches
	noun string // one of the runs
	flag string // which flag says how many seeds

	variants, seeds int
	first           hunt.Seed
	workers         int
	// play is called for several runs at once.
	play func(ctx context.Context, variant int, seed uint64) (T, error)
	// again is the command line that plays a run, or all of them, again.
	again func(variant int, seed uint64) string
	// take is given the results one by one, in the order of their seeds and variants, whatever the
	// number of workers.
	take func(variant int, seed uint64, result T)
}

// mostRuns is a typing error rather than a plan.
const mostRuns = 1 << 30

// conductBatch plays the runs of the batch. When ctx ends it returns ctx's error; what was over by
// then has been taken.
func conductBatch[T any](ctx context.Context, a *app, b *batch[T]) error {
	if b.seeds > mostRuns/b.variants {
		return fmt.Errorf("-%s %d: %s each are more than anybody waits for",
			b.flag, b.seeds, counted(b.variants, b.noun))
	}
	runs, done := b.variants*b.seeds, 0
	shown := a.follow(int64(runs))
	defer shown.end()
	plan := hunt.Plan{Last: hunt.Seed(runs - 1)}
	return hunt.Sweep(ctx, plan, b.workers, b.run, func(o hunt.Outcome[T]) error {
		variant, seed := b.place(o.Seed)
		if o.Err != nil {
			return harnessFault(hunt.Seed(seed), o.Err, b.again(variant, seed))
		}
		b.take(variant, seed, o.Value)
		done++
		shown.step(int64(done), func() string {
			return fmt.Sprintf("%s: %s of %s", b.name, grouped(done), counted(runs, b.noun))
		})
		return nil
	})
}

// run is the run that the sweep's index stands for.
func (b *batch[T]) run(ctx context.Context, index uint64) (T, error) {
	variant, seed := b.place(index)
	return b.play(ctx, variant, seed)
}

// place is which run the sweep's index stands for. Seeds go on from the greatest with 0.
func (b *batch[T]) place(index uint64) (variant int, seed uint64) {
	variants := uint64(b.variants)
	return int(index % variants), uint64(b.first) + index/variants
}
