package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/shrink"
	"butterfly/scenarios/stage"
)

func (a *app) shrinkCommand() *cli.Command {
	return &cli.Command{
		Name: "shrink", ArgsUsage: "BUNDLE", Action: a.shrink,
		Usage: "make the plan of a failed run small, and keep what it breaks",
		Description: "Runs smaller and smaller plans with the bundle's seed, and keeps what still breaks the\n" +
			"first property that the bundle's run broke. It never gives a larger plan. What is found\n" +
			"is a bundle again; shrinking that may find less, for one pass need not find all. Stopped by\n" +
			"Ctrl-C, it keeps the best plan so far.",
		Flags: []cli.Flag{
			shrunkFlag(),
			textFlag("passing", "", "write the nearest plan that passes, if there is one, as a bundle to `FILE`"),
			jsonFlag(),
		},
	}
}

// shrunkFlag has a twin of its own: BUTTERFLY_OUT is the folder of bundles.
func shrunkFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "out", Sources: twin("shrink_out"),
		Usage: "write the small bundle to `FILE` (default: beside BUNDLE, with -shrunk in its name)",
	}
}

// shrinking is the shrinking of a bundle under way.
type shrinking struct {
	*app
	path   string
	bundle *hunt.Bundle
	// Shrunk is what was found, in the end.
	*hunt.Shrunk
	// out and passing are the files of what was found and of the nearest plan that passes. The latter
	// is empty if nobody asked for it, or if there is none.
	out, passing string

	started time.Time
	wall    time.Duration
}

func (a *app) shrink(ctx context.Context, cmd *cli.Command) error {
	s, err := a.newShrinking(cmd)
	if err != nil {
		return err
	}
	if s.out == cmd.String("passing") {
		return fmt.Errorf("-passing %s: expected another file than -out", s.out)
	}
	small, err := output("out", s.out)
	if err != nil {
		return err
	}
	passing, err := output("passing", cmd.String("passing"))
	if err != nil {
		small.discard()
		return err
	}
	if err := s.search(ctx); err != nil {
		small.discard()
		passing.discard()
		return err
	}
	if err := errors.Join(s.write(small), s.writePassing(passing)); err != nil {
		return err
	}
	if err := s.show(cmd); err != nil {
		return err
	}
	return exitWith(verdictCode(s.Run.Verdict))
}

// newShrinking reads the bundle, which has to be that of a run that broke something.
func (a *app) newShrinking(cmd *cli.Command) (*shrinking, error) {
	path, bundle, err := a.bundleArgument(cmd)
	if err != nil {
		return nil, err
	}
	if bundle.Property() == "" {
		return nil, fmt.Errorf("%s: there is nothing to shrink in a run that broke nothing, the verdict is %s",
			path, bundle.Verdict)
	}
	out := cmp.Or(cmd.String("out"), besideBundle(path))
	return &shrinking{app: a, path: path, bundle: bundle, out: out, started: time.Now()}, nil
}

// search looks for the smallest plan. To be stopped is no failure if there is a plan by then.
func (s *shrinking) search(ctx context.Context) error {
	shown := s.follow(-1)
	found, err := s.bundle.Shrink(ctx, 0, func(runs int, best *scenarios.Scenario) {
		shown.step(int64(runs), func() string { return shrinkNote(s.bundle, runs, best) })
	})
	shown.end()
	s.Shrunk, s.wall = found, time.Since(s.started)
	if err == nil && !s.interrupted() {
		err = s.Stopped
	}
	var panicked *hunt.Panic
	switch {
	case errors.Is(err, shrink.ErrHeld):
		return endWith(exitHarness, "%s: %s held: this is not the run in the bundle",
			s.path, s.bundle.Property())
	case errors.As(err, &panicked):
		again := fmt.Sprintf("%s shrink %s", s.program, shellWord(s.path))
		return harnessFault(s.bundle.Seed, err, again)
	case err != nil && ctx.Err() != nil:
		return endWith(exitUndecided, "stopped before the run in the bundle was over")
	}
	return err
}

// interrupted: there were more plans to run.
func (s *shrinking) interrupted() bool { return errors.Is(s.Stopped, context.Canceled) }

// shrinkNote says how far the shrinking of a bundle is.
func shrinkNote(b *hunt.Bundle, runs int, best *scenarios.Scenario) string {
	return fmt.Sprintf("%s: %s, %d of %s left", b.Scenario.Name, counted(runs, "run"),
		len(best.Faults), counted(len(b.Scenario.Faults), "fault"))
}

// write completes the small bundle.
func (s *shrinking) write(file *draft) error {
	return file.complete(hunt.NewBundle(s.Plan, s.Run, s.build()))
}

// writePassing completes the bundle of the nearest plan that passes, if somebody asked for it and there
// is one.
func (s *shrinking) writePassing(file *draft) error {
	plan, found := s.Passing()
	if file == nil || !found {
		file.discard()
		return nil
	}
	r := stage.Build(plan, uint64(s.bundle.Seed), stage.Options{}).Run()
	s.passing = file.named
	return file.complete(hunt.NewBundle(plan, r, s.build()))
}
