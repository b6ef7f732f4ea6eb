package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"butterfly/plots"
	"butterfly/scenarios"
	"butterfly/scenarios/cluster"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/stage"
)

func (a *app) plotTakeoverCommand() *cli.Command {
	return &cli.Command{
		Name: "takeover", ArgsUsage: "[SCENARIO]", Action: a.plotTakeover,
		Usage: "draw how long origins went without a probe, by what caused it, and how long they may",
		Description: "Without -set the cluster has " + strings.Join(fewOrigins(), " and ") +
			", so that it takes seconds:\n-set servers=64 -set origins=10000 draws a data centre.",
		Flags: []cli.Flag{
			textFlag("n", "5", "play seeds 1 to `N`"), setFlag(),
			workersFlag("play `N` runs at a time"),
			figureFlag("takeover.svg"), tableFlag(),
		},
	}
}

func (a *app) plotTakeover(ctx context.Context, cmd *cli.Command) error {
	chosen, err := chooseTakeovers(cmd)
	if err != nil {
		return err
	}
	seeds, err := countFlag(cmd, "n")
	if err != nil {
		return err
	}
	workers, err := chooseWorkers(cmd)
	if err != nil {
		return err
	}
	files, err := newFigureFiles(cmd)
	if err != nil {
		return err
	}
	defer files.discard()
	f := &plots.Takeover{Runs: fmt.Sprintf("%s of %s", counted(seeds, "run"), chosen.name())}
	err = a.takeovers(ctx, chosen, seeds, workers, func(rows []plots.TakeoverRow) {
		f.Rows = append(f.Rows, rows...)
	})
	if err != nil && errors.Is(err, ctx.Err()) {
		return endWith(exitUndecided,
			"stopped before the runs were over, nothing is drawn")
	}
	if err != nil {
		return err
	}
	finding := takeoverFinding(f.Rows)
	f.Title = capitalised(finding)
	if err := files.draw(f); err != nil {
		return err
	}
	return a.print(fmt.Sprintf("%s shows %s in %s: %s.\n",
		cmd.String("out"), counted(len(f.Rows), "gap"), f.Runs, finding))
}

// fewOrigins is the cluster that is drawn unless somebody sets another: five runs of it take
// seconds, where those of a whole data centre take minutes.
func fewOrigins() []string { return []string{"servers=16", "origins=1000"} }

// chooseTakeovers reads SCENARIO and -set.
func chooseTakeovers(cmd *cli.Command) (choice, error) {
	chosen, err := choose(cmd)
	switch {
	case err != nil:
		return choice{}, err
	case !hasTakeovers(&chosen.scenario):
		return choice{}, fmt.Errorf("%s is not a single cluster: there are no takeovers to draw",
			chosen.scenario.Name)
	case cmd.IsSet("set"):
		return chosen, nil
	}
	return chosen.with(fewOrigins()...)
}

// hasTakeovers reports whether a scenario is that of a single cluster.
func hasTakeovers(s *scenarios.Scenario) bool { return s.Origins > 0 && s.Datacenters == 0 }

// takeovers plays the seeds from 1 on, and gives the gaps of each to take.
func (a *app) takeovers(
	ctx context.Context, c choice, seeds, workers int, take func([]plots.TakeoverRow),
) error {
	return conductBatch(ctx, a, &batch[[]plots.TakeoverRow]{
		name: "takeover", noun: "run", flag: "n",
		variants: 1, seeds: seeds, first: 1, workers: workers,
		play: func(ctx context.Context, _ int, seed uint64) ([]plots.TakeoverRow, error) {
			return gapsOf(ctx, c.scenario, seed)
		},
		again: func(_ int, seed uint64) string {
			return fmt.Sprintf("%s run %s -seed %v", a.program, c.arguments(), hunt.Seed(seed))
		},
		take: func(_ int, _ uint64, rows []plots.TakeoverRow) { take(rows) },
	})
}

// gapsOf plays a seed and returns the gaps that something caused.
func gapsOf(
	ctx context.Context, s scenarios.Scenario, seed uint64,
) (rows []plots.TakeoverRow, err error) {
	s = s.Expand(seed)
	gaps := cluster.NewGaps(&s)
	if _, err := hunt.Play(ctx, s, seed, stage.Options{Gaps: gaps}, nil); err != nil {
		return nil, err
	}
	for _, g := range gaps.Rows() {
		rows = append(rows, plots.TakeoverRow{
			Cause: g.Cause.String(), GapSeconds: g.Gap.Seconds(), BoundSeconds: g.Bound.Seconds(),
		})
	}
	return rows, nil
}

// takeoverFinding says how long the longest gap was, and what caused it.
func takeoverFinding(rows []plots.TakeoverRow) string {
	if len(rows) == 0 {
		return "no origin went unprobed for longer than usual"
	}
	longest := slices.MaxFunc(rows, func(x, y plots.TakeoverRow) int {
		return cmp.Compare(x.GapSeconds, y.GapSeconds)
	})
	return fmt.Sprintf("no origin went unprobed for longer than %s (%s), where the bound is %s",
		secondsText(longest.GapSeconds), longest.Cause, secondsText(longest.BoundSeconds))
}
