package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/urfave/cli/v3"

	"butterfly/plots"
	"butterfly/scenarios"
	"butterfly/scenarios/group"
	"butterfly/scenarios/world"
)

func (a *app) plotDetectionCommand() *cli.Command {
	return &cli.Command{
		Name: "detection", Action: a.plotDetection,
		Usage: "draw how long a crash takes to be known, over the number of servers",
		Description: "Plays swim-crash in groups of several sizes. Beside the runs are drawn the\n" +
			"expected time of the first detection and what memberlist v0.7.0 took.",
		Flags: []cli.Flag{
			textFlag("servers", "8,16,32,64,128,256", "groups of so many servers: `LIST`"),
			textFlag("n", "100", "play seeds 1 to `N` of each size"),
			setFlag(), figureFlag("detection.svg"), tableFlag(),
		},
	}
}

func (a *app) plotDetection(ctx context.Context, cmd *cli.Command) error {
	s, err := newStudy(cmd, "swim-crash", "servers")
	if err != nil {
		return err
	}
	sizes, err := countsFlag(cmd, "servers", 2)
	if err != nil {
		return err
	}
	for _, servers := range distinct(sizes) {
		if err := s.vary(fmt.Sprintf("servers=%d", servers)); err != nil {
			return err
		}
	}
	if len(s.variants) < 2 {
		return fmt.Errorf("-servers %s: expected at least 2 sizes to compare", cmd.String("servers"))
	}
	s.evaluate = detectionOf
	return a.draw(ctx, cmd, s)
}

// memberlistDetection is what hashicorp/memberlist v0.7.0 took, unmodified, with its LAN
// configuration, on the network of swim-crash without loss, in virtual time (testing/synctest): 60
// runs of each size, 20 of the largest.
func memberlistDetection() []plots.MemberlistDetection {
	return []plots.MemberlistDetection{
		{Servers: 8, FirstMeanSeconds: 5.86, FullMeanSeconds: 6.17},
		{Servers: 16, FirstMeanSeconds: 6.74, FullMeanSeconds: 6.93},
		{Servers: 64, FirstMeanSeconds: 9.10, FullMeanSeconds: 9.43},
		{Servers: 128, FirstMeanSeconds: 10.24, FullMeanSeconds: 10.63},
		{Servers: 256, FirstMeanSeconds: 11.83, FullMeanSeconds: 12.29},
	}
}

func detectionOf(s *study, results [][]*world.Result) (drawing, string, error) {
	d := &plots.Detection{Memberlist: memberlistDetection()}
	for i, variant := range s.variants {
		row, err := detectionRow(&variant.scenario, results[i])
		if err != nil {
			return nil, "", err
		}
		d.Rows = append(d.Rows, row)
	}
	largest := &d.Rows[len(d.Rows)-1]
	finding := fmt.Sprintf("half of the crashes among %s are known to all within %s",
		counted(largest.Servers, "server"), secondsText(median(largest.FullSeconds)))
	d.Title = fmt.Sprintf("%s: %s", s.base.name(), finding)
	return d, finding, nil
}

// detectionRow collects the runs of one size. A crash that was not known to all in the end has no
// time that could be drawn, and leaving it out would make the others look better than they are.
func detectionRow(s *scenarios.Scenario, results []*world.Result) (plots.DetectionRow, error) {
	row := plots.DetectionRow{Servers: s.Servers}
	for _, r := range results {
		full, known := r.Metrics["full_detection_seconds"]
		if !known || r.Metrics["undetected_crashes"] > 0 {
			return row, endWith(exitUndecided,
				"%s with seed %d: the crash was not known to all when the run ended; "+
					"-set duration makes it longer than %v",
				counted(s.Servers, "server"), r.Seed, s.Duration)
		}
		row.FirstSeconds = append(row.FirstSeconds, r.Metrics["first_detection_seconds"])
		row.FullSeconds = append(row.FullSeconds, full)
	}
	config, err := group.Config(s)
	row.TheorySeconds = expectedFirst(&config, s.Servers)
	return row, err
}

// median is the one in the middle, of an even number the lower one.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)/2]
}
