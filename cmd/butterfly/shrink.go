package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/shrink"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

func (a *app) shrinkCommand() *cli.Command {
	return &cli.Command{
		Name: "shrink", ArgsUsage: "BUNDLE", Action: a.shrink,
		Usage: "make the plan of a failed run small, and keep what it breaks",
		Description: "Runs smaller and smaller plans with the bundle's seed, and keeps what still breaks the\n" +
			"first property that the bundle's run broke. It never gives a larger plan. What is found\n" +
			"is a bundle again. Stopped by Ctrl-C, it keeps the best plan so far.",
		Flags: []cli.Flag{shrunkFlag(), jsonFlag()},
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
	// latest is the run of the smallest plan so far, nil before the first.
	latest *world.Result
	// found is the smallest plan, in the end.
	found *shrink.Result

	started     time.Time
	wall        time.Duration
	interrupted bool
}

func (a *app) shrink(ctx context.Context, cmd *cli.Command) error {
	s, err := a.newShrinking(cmd)
	if err != nil {
		return err
	}
	out := cmd.String("out")
	if out == "" {
		out = besideBundle(s.path)
	}
	file, err := output("out", out)
	if err != nil {
		return err
	}
	if err := s.search(ctx); err != nil {
		file.discard()
		return err
	}
	if err := s.write(file); err != nil {
		return err
	}
	if err := s.show(cmd, out); err != nil {
		return err
	}
	return exitWith(exitBroken)
}

// newShrinking reads the bundle, which has to be that of a failed run.
func (a *app) newShrinking(cmd *cli.Command) (*shrinking, error) {
	path, bundle, err := a.bundleArgument(cmd)
	if err != nil {
		return nil, err
	}
	if bundle.Verdict != world.Fail || len(bundle.Violations) == 0 {
		return nil, fmt.Errorf("%s: there is nothing to shrink in a run that did not fail, the verdict is %s",
			path, bundle.Verdict)
	}
	return &shrinking{app: a, path: path, bundle: bundle, started: time.Now()}, nil
}

// besideBundle is the name of the small bundle, from that of the large one.
func besideBundle(path string) string {
	extension := filepath.Ext(path)
	return strings.TrimSuffix(path, extension) + "-shrunk" + extension
}

// property is what has to stay broken.
func (s *shrinking) property() string { return s.bundle.Violations[0].Property }

// search looks for the smallest plan. To be stopped is no failure if there is a plan by then.
func (s *shrinking) search(ctx context.Context) error {
	shown := s.follow(-1)
	found, err := shrink.Shrink(s.bundle.Scenario, s.judge(ctx),
		func(runs int, best *scenarios.Scenario) {
			shown.step(int64(runs), func() string { return s.note(runs, best) })
		})
	shown.end()
	s.found, s.wall = found, time.Since(s.started)
	s.interrupted = err != nil && errors.Is(err, ctx.Err())
	switch {
	case errors.Is(err, shrink.ErrHeld):
		return endWith(exitHarness, "%s: %s held: this is not the run in the bundle", s.path, s.property())
	case s.interrupted && s.latest == nil:
		return endWith(exitUndecided, "stopped before the run in the bundle was over")
	case s.interrupted:
		return nil
	}
	return err
}

func (s *shrinking) note(runs int, best *scenarios.Scenario) string {
	return fmt.Sprintf("%s: %s, %d of %s left", best.Name, counted(runs, "run"), len(best.Faults),
		counted(len(s.bundle.Scenario.Faults), "fault"))
}

// judge runs plans with the bundle's seed. Every plan that breaks the property is taken, so that the
// latest one that did is the smallest.
func (s *shrinking) judge(ctx context.Context) shrink.Judge {
	return func(plan scenarios.Scenario) (shrink.Outcome, error) {
		o := hunt.Attempt(ctx, uint64(s.bundle.Seed),
			func(ctx context.Context, seed uint64) (*world.Result, error) {
				return hunt.Play(ctx, plan, seed, stage.Options{}, nil)
			})
		if o.Err != nil && o.Err != ctx.Err() {
			again := fmt.Sprintf("%s shrink %s", s.program, shellWord(s.path))
			return shrink.Outcome{}, harnessFault(s.bundle.Seed, o.Err, again)
		}
		if o.Err != nil {
			return shrink.Outcome{}, o.Err
		}
		outcome := judged(o.Value, s.property())
		if outcome.Broken {
			s.latest = o.Value
		}
		return outcome, nil
	}
}

// judged is what a run says of a property.
func judged(r *world.Result, property string) shrink.Outcome {
	for _, v := range r.Violations {
		if v.Property == property && r.Verdict == world.Fail {
			return shrink.Outcome{Broken: true, At: scenarios.Span(v.At.Since())}
		}
	}
	return shrink.Outcome{Held: len(r.Violations) == 0}
}

// write completes the small bundle.
func (s *shrinking) write(file *draft) error {
	text, err := hunt.NewBundle(s.found.Plan, s.latest, s.build()).Encode()
	if err == nil {
		_, err = file.Write(text)
	}
	if err != nil {
		file.discard()
		return err
	}
	return file.publish()
}
