package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios/hunt"
)

// trials are a batch of measurements, as -trials, -seed and -workers say. They keep no promises, so
// nothing is broken by them.
type trials struct {
	each, workers int
	first         hunt.Seed
}

// trialFlags says how often to measure. A trial is a pure function of its seed, so the number of
// workers changes nothing but the time it takes.
func trialFlags(each string) []cli.Flag {
	return []cli.Flag{
		textFlag("trials", each, "measure `T` times, with seeds from -seed on"),
		seedFlag(),
		workersFlag("run `N` trials at a time"),
	}
}

// chooseTrials reads the flags of [trialFlags].
func chooseTrials(cmd *cli.Command) (t trials, err error) {
	if err := noArguments(cmd); err != nil {
		return t, err
	}
	if t.each, err = countFlag(cmd, "trials"); err != nil {
		return t, err
	}
	if t.workers, err = chooseWorkers(cmd); err != nil {
		return t, err
	}
	t.first, err = chooseSeed(cmd)
	return t, err
}

// kind is a kind of measurement: of plans P, whose trials give T.
type kind[P, T any] struct {
	name string // of the command that plots it
	// run is called for several trials at once.
	run func(p P, seed uint64) T
	// arguments are the flags for one plan.
	arguments func(p P) string
}

// plotTrials measures the plans that the flags of a command choose, and draws what comes out. show
// makes the figure of it, and the words to be said when that is drawn.
func plotTrials[P, T any](
	ctx context.Context, a *app, cmd *cli.Command, k kind[P, T],
	choose func(*cli.Command) ([]P, error), show func([]P, [][]T) (d drawing, say func() error),
) error {
	t, err := chooseTrials(cmd)
	if err != nil {
		return err
	}
	plans, err := choose(cmd)
	if err != nil {
		return err
	}
	files, err := newFigureFiles(cmd)
	if err != nil {
		return err
	}
	defer files.discard()
	results, err := measure(ctx, a, k, t, plans)
	if err != nil {
		return err
	}
	d, say := show(plans, results)
	if err := files.draw(d); err != nil {
		return err
	}
	if err := say(); err != nil {
		return err
	}
	return t.stopped(len(results[0]))
}

// measure returns the trials of each plan, in the order of their seeds. If it is stopped, all plans
// have the trials of the same, fewer seeds; nothing at all is an error.
func measure[P, T any](
	ctx context.Context, a *app, k kind[P, T], t trials, plans []P,
) ([][]T, error) {
	results := make([][]T, len(plans))
	err := conductBatch(ctx, a, &batch[T]{
		name: k.name, noun: "trial", flag: "trials",
		variants: len(plans), seeds: t.each, first: t.first, workers: t.workers,
		play: func(_ context.Context, plan int, seed uint64) (T, error) {
			return k.run(plans[plan], seed), nil
		},
		again: func(plan int, seed uint64) string {
			return fmt.Sprintf("%s plot %s %s -trials 1 -seed %d",
				a.program, k.name, k.arguments(plans[plan]), seed)
		},
		take: func(plan int, _ uint64, result T) { results[plan] = append(results[plan], result) },
	})
	if err != nil && !errors.Is(err, ctx.Err()) {
		return nil, err
	}
	complete := len(results[len(plans)-1]) // the last plan to play a seed
	if complete == 0 {
		return nil, endWith(exitUndecided,
			"stopped before the first trials were over, nothing is drawn")
	}
	for i := range results {
		results[i] = results[i][:complete]
	}
	return results, nil
}

// stopped is how a command ends that has drawn so many trials of each plan: undecided, if these are
// not all.
func (t trials) stopped(done int) error {
	if done == t.each {
		return nil
	}
	return endWith(exitUndecided, "stopped after %s of %s each, which is what is drawn",
		grouped(done), counted(t.each, "trial"))
}
