package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/urfave/cli/v3"

	"butterfly/plots"
	"butterfly/scenarios/world"
)

func (a *app) plotFalsePositivesCommand() *cli.Command {
	return &cli.Command{
		Name: "false-positives", Action: a.plotFalsePositives,
		Usage: "draw how often a probe accuses a server that is up, over the loss",
		Description: "Plays swim-loss with every loss and every number of helpers (k), and draws\n" +
			"what was measured over what the SWIM paper's formula expects.",
		Flags: []cli.Flag{
			textFlag("loss", "1,5,10,20,30", "lose so many percent of the datagrams: `LIST`"),
			textFlag("k", "0-5", "ask so many helpers: `LIST`"),
			textFlag("n", "8", "play seeds 1 to `N` of each"),
			setFlag(), figureFlag("false-positives.svg"), tableFlag(),
		},
	}
}

// lossAndHelp is where one variant of the study stands.
type lossAndHelp struct {
	percent float64
	k       int
}

func (a *app) plotFalsePositives(ctx context.Context, cmd *cli.Command) error {
	s, err := newStudy(cmd, "swim-loss", "loss", "k")
	if err != nil {
		return err
	}
	losses, err := percentsFlag(cmd, "loss")
	if err != nil {
		return err
	}
	helpers, err := countsFlag(cmd, "k", 0)
	if err != nil {
		return err
	}
	if slices.Max(losses) == 0 {
		return fmt.Errorf("-loss %s: without loss nobody is accused", cmd.String("loss"))
	}
	var places []lossAndHelp
	for _, k := range distinct(helpers) {
		for _, percent := range distinct(losses) {
			places = append(places, lossAndHelp{percent, k})
			loss := strconv.FormatFloat(percent, 'f', -1, 64) + "%"
			if err := s.vary("loss="+loss, fmt.Sprintf("k=%d", k)); err != nil {
				return err
			}
		}
	}
	s.evaluate = func(s *study, results [][]*world.Result) (drawing, string, error) {
		return falsePositivesOf(s, places, results)
	}
	return a.draw(ctx, cmd, s)
}

func falsePositivesOf(
	s *study, places []lossAndHelp, results [][]*world.Result,
) (drawing, string, error) {
	f := &plots.FalsePositives{}
	agree := 0
	for i, at := range places {
		row, err := falsePositiveRow(at, results[i])
		if err != nil {
			return nil, "", err
		}
		if row.Low <= row.Formula && row.Formula <= row.High {
			agree++
		}
		f.Rows = append(f.Rows, row)
	}
	f.Rows = append(f.Rows, formulaRows(places)...)
	finding := fmt.Sprintf("the formula of SWIM is within the 99 %% interval of %d of %s",
		agree, counted(len(places), "measured share"))
	f.Title = fmt.Sprintf("%s: %s", s.base.name(), finding)
	return f, finding, nil
}

// falsePositiveRow is what all runs together say of one loss and one k.
func falsePositiveRow(at lossAndHelp, results []*world.Result) (plots.FalsePositiveRow, error) {
	row := plots.FalsePositiveRow{LossPercent: at.percent, K: at.k, Formula: falseSuspicion(at)}
	var probes, failed float64
	for _, r := range results {
		probes += r.Metrics["probes"]
		failed += r.Metrics["failed_probes"]
	}
	if probes == 0 {
		return row, endWith(exitUndecided, "%v %% loss, k = %d: nobody probed anybody, so there is "+
			"nothing to draw", at.percent, at.k)
	}
	row.Measured = failed / probes
	row.Low, row.High = wilson(failed, probes, z99)
	return row, nil
}

// formulaRows are points in between, which make the formula a line. Places come by k and then by
// loss.
func formulaRows(places []lossAndHelp) (rows []plots.FalsePositiveRow) {
	const step = 0.5
	least, most := places[0].percent, places[len(places)-1].percent
	for _, at := range places {
		if at.percent != least { // once for each k
			continue
		}
		for percent := step; percent < most; percent += step {
			between := lossAndHelp{percent, at.k}
			if !slices.Contains(places, between) {
				rows = append(rows, plots.FalsePositiveRow{
					LossPercent: percent, K: at.k, Formula: falseSuspicion(between),
				})
			}
		}
	}
	return rows
}

// falseSuspicion is how often a probe of a member that is up fails: both ways of the ping, or else
// of all helpers, of four datagrams each, lose one (SWIM, section 3.1: (1-q^2)(1-q^4)^k).
func falseSuspicion(at lossAndHelp) float64 {
	q := 1 - at.percent/100
	return (1 - q*q) * math.Pow(1-math.Pow(q, 4), float64(at.k))
}
