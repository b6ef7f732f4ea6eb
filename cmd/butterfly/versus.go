package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/versus"
	"butterfly/scenarios/world"
)

func (a *app) versusCommand() *cli.Command {
	return &cli.Command{
		Name: "versus", Action: a.versus,
		Usage: "run our design and its rivals on the same seeds and compare them",
		Description: "All go through the same faults, and are measured by the same checkers and\n" +
			"meters. Promises are those of our design, bounds included. With -json there is a line\n" +
			"for each design. The exit code is 1 if ours breaks a promise; that rivals do is what\n" +
			"this is about.",
		Flags: versusFlags(""),
	}
}

// plotVersusCommand is versus for who looks for a figure.
func (a *app) plotVersusCommand() *cli.Command {
	return &cli.Command{
		Name: "versus", Action: a.versus, Flags: versusFlags("versus.svg"),
		Usage: "draw what our design and its rivals come to on the same seeds: versus with a figure",
	}
}

// versusFlags are the flags of a comparison that is drawn into a figure, of none if it is empty.
func versusFlags(figure string) []cli.Flag {
	return []cli.Flag{
		textFlag("scenario", scenarios.Contest, "compare them on scenario `NAME`"),
		textFlag("design", designList(), "compare these: `LIST`"),
		textFlag("n", "", "run seeds 1 to `N` (default: 5)"),
		textFlag("seeds", "", "run seeds `A-B`, both included"),
		workersFlag("play `N` runs at a time"),
		setFlag(), jsonFlag(), figureFlag(figure), tableFlag(),
	}
}

// fewSeeds is how many seeds are compared when nobody says.
const fewSeeds = 5

// contest is a comparison under way. The designs are in the order of its rows.
type contest struct {
	*app
	choice
	designs []scenarios.Design
	plan    hunt.Plan
	*versus.Comparison
}

func (a *app) versus(ctx context.Context, cmd *cli.Command) error {
	c, err := a.newContest(cmd)
	if err != nil {
		return err
	}
	workers, err := chooseWorkers(cmd)
	if err != nil {
		return err
	}
	files, err := figureFilesIfAny(cmd)
	if err != nil {
		return err
	}
	defer files.discard()
	if err := c.play(ctx, workers); err != nil && !errors.Is(err, ctx.Err()) {
		return err
	}
	if c.Runs() == 0 {
		return endWith(exitUndecided,
			"stopped before every design had played a seed, nothing is compared")
	}
	if err := files.draw(c.figure()); err != nil {
		return err
	}
	if err := c.show(cmd); err != nil {
		return err
	}
	return exitWith(c.code())
}

func (a *app) newContest(cmd *cli.Command) (*contest, error) {
	if err := noArguments(cmd); err != nil {
		return nil, err
	}
	chosen, err := chooseNamed(cmd.String("scenario"), cmd.StringSlice("set"))
	if err != nil {
		return nil, err
	}
	designs, err := chooseDesigns(cmd)
	if err != nil {
		return nil, err
	}
	for _, d := range designs {
		under := versus.Under(chosen.scenario, d)
		if err := stage.Validate(&under); err != nil {
			return nil, fmt.Errorf("scenario %s with the design %s: %w", chosen.scenario.Name, d, err)
		}
	}
	plan, err := choosePlan(cmd, fewSeeds)
	return &contest{a, chosen, designs, plan, versus.New(designs)}, err
}

// play plays every seed under every design.
func (c *contest) play(ctx context.Context, workers int) error {
	return conductBatch(ctx, c.app, &batch[*world.Result]{
		name: "versus", noun: "run", flag: "n",
		variants: len(c.designs), seeds: int(c.plan.Count()), first: c.plan.First, workers: workers,
		play: func(ctx context.Context, variant int, seed uint64) (*world.Result, error) {
			s := versus.Under(c.scenario, c.designs[variant])
			return hunt.Play(ctx, s, seed, stage.Options{}, nil)
		},
		again: func(variant int, seed uint64) string { return c.again(c.designs[variant], seed) },
		take:  func(variant int, _ uint64, r *world.Result) { c.Add(variant, r) },
	})
}

// again is the command line that plays a run of a design again.
func (c *contest) again(d scenarios.Design, seed uint64) string {
	return fmt.Sprintf("%s run %s -set design=%s -seed %v", c.program, c.arguments(), d, hunt.Seed(seed))
}

// code is what the comparison ends with: rivals may break promises, and ours may not.
func (c *contest) code() int {
	for _, row := range c.Rows() {
		if row.Design == scenarios.Ours && len(row.Broken) > 0 && row.Beyond == "" &&
			!c.scenario.ExpectFail {
			return exitBroken
		}
	}
	if c.stopped() {
		return exitUndecided
	}
	return 0
}

// stopped tells whether there were more seeds to play.
func (c *contest) stopped() bool { return uint64(c.Runs()) < c.plan.Count() }
