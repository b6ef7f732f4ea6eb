package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"butterfly/checkers"
	"butterfly/plots"
	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/world"
)

// timelineEvery is how much virtual time passes between two samples.
const timelineEvery = time.Second

func (a *app) plotTimelineCommand() *cli.Command {
	return &cli.Command{
		Name: "timeline", ArgsUsage: "[SCENARIO]", Action: a.plotTimeline,
		Usage: "draw one run over time: faults, servers and their views, checkers, replicas, health",
		Flags: []cli.Flag{seedFlag(), setFlag(), figureFlag("timeline.svg"), tableFlag()},
	}
}

func (a *app) plotTimeline(ctx context.Context, cmd *cli.Command) error {
	chosen, err := choose(cmd)
	if err != nil {
		return err
	}
	if s := &chosen.scenario; s.Replicas != nil || s.Cap != nil {
		return fmt.Errorf("%s draws servers that know each other, and %s has none",
			cmd.FullName(), chosen.scenario.Name)
	}
	seed, err := chooseSeed(cmd)
	if err != nil {
		return err
	}
	files, err := newFigureFiles(cmd)
	if err != nil {
		return err
	}
	defer files.discard()
	recorder := checkers.NewTimeline(timelineEvery)
	p, err := a.play(ctx, order{
		scenario: chosen.scenario, seed: seed, timeline: recorder,
		again: fmt.Sprintf("%s plot timeline %s -seed %v", a.program, chosen.arguments(), seed),
	})
	if err != nil {
		return err
	}
	if p.interrupted {
		return endWith(exitUndecided,
			"stopped before the run was over, nothing is drawn")
	}
	timeline := timelineOf(chosen, p, recorder.Moments())
	figure, err := timeline.Figure()
	if err != nil {
		return err
	}
	if err := files.write(figure, timeline.WriteCSV); err != nil {
		return err
	}
	return a.print(caption(cmd.String("out"), p))
}

// caption says where the figure is and what it shows.
func caption(path string, p *played) string {
	s, r := &p.scenario, p.result
	struck := "the views of " + counted(s.Servers, "server")
	if s.Group == nil {
		struck = fmt.Sprintf("%s and the checks of %s",
			counted(s.Servers, "server"), counted(s.Origins, "origin"))
	}
	return fmt.Sprintf("%s shows what %s in %v did to %s (%s, seed %v: %s).\n",
		path, counted(len(s.Faults), "fault"), s.Duration, struck, s.Name, hunt.Seed(r.Seed), r.Verdict)
}

// timelineOf turns a run into rows to be drawn.
func timelineOf(chosen choice, p *played, moments []checkers.Moment) *plots.Timeline {
	t := &plots.Timeline{
		Run: runName(chosen, p), Servers: p.scenario.Servers, Origins: p.scenario.Origins,
	}
	for i := range p.scenario.Faults {
		bar := faultBar(&p.scenario.Faults[i], &p.scenario)
		if p.scenario.Racks > 1 && len(p.scenario.Faults) > plots.MostLabelled {
			bar.Kind += howMany(&p.scenario.Faults[i], &p.scenario)
		}
		t.Faults = append(t.Faults, bar)
	}
	for i := range moments {
		t.Moments = append(t.Moments, timelineRow(&moments[i]))
	}
	return t
}

// runName says what was run, and its verdict unless all is well.
func runName(chosen choice, p *played) string {
	words := append([]string{chosen.scenario.Name}, chosen.settings...)
	words = append(words, fmt.Sprintf("seed %#x", p.result.Seed))
	if p.result.Verdict != world.Pass {
		words = append(words, string(p.result.Verdict))
	}
	return strings.Join(words, ", ")
}

func timelineRow(m *checkers.Moment) plots.Moment {
	return plots.Moment{
		Seconds: m.At.Seconds(), Up: m.Up, Sides: m.Sides, Largest: m.Largest,
		Held: plots.Range(m.Held), Missing: m.Missing, Stale: m.Stale,
		Unchecked: m.Unchecked, Checked: m.Checked, Doubled: m.Doubled,
		UncheckedElsewhere: m.UncheckedElsewhere, DoubledInAll: m.DoubledInAll,
		States: m.States, Down: m.Down, BelievedDown: plots.Range(m.BelievedDown),
	}
}

// faultBar turns a fault into a bar; one without an end lasts as long as the run.
func faultBar(f *scenarios.Fault, s *scenarios.Scenario) plots.Fault {
	bar := plots.Fault{
		Kind: string(f.Kind), Label: counted(len(f.Hosts), "server"),
		From: f.At.Duration().Seconds(), To: f.End().Duration().Seconds(),
		Splits: f.Kind == scenarios.Partition,
	}
	if f.For == 0 {
		bar.To = s.Duration.Duration().Seconds()
	}
	degradation, _ := f.Degradation()
	struck := max(degradation.Loss, degradation.Burst.Loss, degradation.Duplicate,
		degradation.Reorder, degradation.Corrupt)
	others := s.Servers - len(f.Hosts)
	if len(f.Others) > 0 {
		others = len(f.Others)
	}
	if len(f.Hosts) == 0 && f.Kind == scenarios.Partition {
		bar.Label = counted(s.Servers-others, "server")
	}
	switch {
	case struck > 0:
		bar.Label = fmt.Sprintf("%.3g%% on %s", float64(struck)/1e4, linksOf(f))
	case f.OnLinks() && f.Kind != scenarios.Partition:
		bar.Label = linksOf(f)
	case f.Kind == scenarios.OriginDown:
		bar.Label = counted(len(f.Origins), "origin")
	case f.Kind == scenarios.Partition && f.OneWay:
		bar.Label = fmt.Sprintf("%s unheard by %d", bar.Label, others)
	case f.Kind == scenarios.Partition:
		bar.Label = fmt.Sprintf("%s cut off from %d", bar.Label, others)
	case len(f.Hosts) == 1:
		bar.Label = fmt.Sprintf("server %d", f.Hosts[0])
	}
	return bar
}

// howMany tells faults of one server, of a rack and of more apart where there are too many to label
// each.
func howMany(f *scenarios.Fault, s *scenarios.Scenario) string {
	switch struck := len(f.Hosts); {
	case struck == 0:
		return ""
	case struck == 1:
		return ", 1 server"
	case struck <= (s.Servers+s.Racks-1)/s.Racks:
		return ", up to a rack"
	}
	return ", more"
}

// linksOf says which links a fault strikes.
func linksOf(f *scenarios.Fault) string {
	switch {
	case len(f.Hosts)+len(f.Others) == 0:
		return "every link"
	case len(f.Hosts) == 0:
		return "links of " + counted(len(f.Others), "server")
	}
	return "links of " + counted(len(f.Hosts), "server")
}
