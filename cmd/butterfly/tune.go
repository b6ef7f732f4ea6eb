package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v3"

	"butterfly/plots"
	"butterfly/scenarios"
	"butterfly/scenarios/tune"
	"butterfly/scenarios/world"
)

func (a *app) tuneCommand() *cli.Command {
	return &cli.Command{
		Name: "tune", ArgsUsage: "[SCENARIO]", Action: a.tune,
		Usage: "find the parameters of SWIM that suit a network, by measuring",
		Description: "Plays memberlist's presets and a grid of probe intervals and timeouts,\n" +
			"suspicion multipliers, helpers (k) and fan-outs on the network of a scenario\n" +
			"(default: swim-crash); what -set sets is not swept. Each choice plays N rounds: a\n" +
			"crash, for how long until everybody knows and for the bytes; and a stall, in which an\n" +
			"eighth of the servers does nothing for 1 to 48 s and lives, for how many servers that\n" +
			"are up are taken for dead. What no other choice beats in all three is the Pareto front.",
		Flags: []cli.Flag{
			setFlag(),
			textFlag("n", "12", "play `N` rounds, with seeds 1 to N; 12 have a stall of every length"),
			workersFlag("play `N` runs at a time"),
			jsonFlag(), figureFlag("tune.svg"), tableFlag(),
		},
	}
}

// tuning is a tuning under way.
type tuning struct {
	*app
	choice
	candidates []tune.Candidate
	rounds     int
	started    time.Time

	// scores sum up the rounds that are complete; round is the one that is not, and results are those
	// of its runs that are over.
	scores   []tune.Score
	complete int
	round    int
	results  []*world.Result
}

func (a *app) tune(ctx context.Context, cmd *cli.Command) error {
	t, err := a.newTuning(cmd)
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
	err = a.conduct(ctx, &series{
		name: t.scenario.Name, variants: kinds * len(t.candidates), seeds: t.rounds, workers: workers,
		scenario: t.play,
		again:    func(int, int) string { return fmt.Sprintf("%s tune %s", a.program, t.arguments()) },
		take:     t.take,
	})
	if err != nil && !errors.Is(err, ctx.Err()) {
		return err
	}
	f := t.findings()
	if len(f.rows) == 0 {
		return endWith(exitUndecided, "%s", t.nothingFound())
	}
	if err := t.draw(f, &files); err != nil {
		return err
	}
	if err := t.show(cmd, f); err != nil {
		return err
	}
	if t.complete < t.rounds {
		return exitWith(exitUndecided)
	}
	return nil
}

func (a *app) newTuning(cmd *cli.Command) (*tuning, error) {
	chosen, err := chooseOr(cmd, "swim-crash")
	if err != nil {
		return nil, err
	}
	if err := tune.Suits(&chosen.scenario); err != nil {
		return nil, fmt.Errorf("%s cannot be tuned: %w", chosen.arguments(), err)
	}
	rounds, err := countFlag(cmd, "n")
	if err != nil {
		return nil, err
	}
	candidates := tune.Candidates(&chosen.scenario)
	if len(candidates) == 0 {
		return nil, fmt.Errorf("%s cannot be tuned: no parameters go with what is set",
			chosen.arguments())
	}
	return &tuning{
		app: a, choice: chosen, candidates: candidates, rounds: rounds, started: time.Now(),
		scores: make([]tune.Score, len(candidates)),
	}, nil
}

// kinds is how many runs each candidate plays in a round: a crash, and a stall.
const kinds = 2

func (t *tuning) play(variant, round int) scenarios.Scenario {
	c := &t.candidates[variant/kinds]
	if variant%kinds == 0 {
		return c.Crash()
	}
	return c.Stall(round)
}

// take collects the runs of a round, and counts them when it is complete: candidates are compared
// by the same rounds. A round that was cut short never is, for then runs are left out.
func (t *tuning) take(_, round int, r *world.Result) {
	if round != t.round {
		t.round, t.results = round, t.results[:0]
	}
	t.results = append(t.results, r)
	if len(t.results) < kinds*len(t.candidates) {
		return
	}
	t.complete++
	for i := range t.candidates {
		t.scores[i].AddCrash(t.results[kinds*i])
		t.scores[i].AddStall(&t.candidates[i], t.results[kinds*i+1])
	}
}

func (t *tuning) nothingFound() string {
	if t.complete == 0 {
		return "stopped before the first round was over, nothing is found"
	}
	return fmt.Sprintf("every choice missed a crash in %s", counted(t.complete, "round"))
}

// draw writes the figure and its table.
func (t *tuning) draw(f *findings, files *figureFiles) error {
	p := plots.Pareto{
		Title:          fmt.Sprintf("%s: %s", t.name(), f.headline()),
		FalseDeathsPer: "100 servers that stall", Rows: f.rows,
	}
	figure, err := p.Figure()
	if err != nil {
		return err
	}
	return files.write(figure, p.WriteCSV)
}
