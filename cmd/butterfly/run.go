package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios/hunt"
	"butterfly/scenarios/world"
)

func (a *app) runCommand() *cli.Command {
	return &cli.Command{
		Name: "run", ArgsUsage: "[SCENARIO]", Action: a.run,
		Usage: "run one scenario with one seed and report what held",
		Flags: []cli.Flag{
			seedFlag(),
			setFlag(), jsonFlag(),
			switchFlag("verify", "run the seed twice in lockstep and compare after every event"),
			traceFlag(), outFlag(),
			switchFlag("quiet", "print the verdict and nothing else"),
		},
	}
}

func (a *app) run(ctx context.Context, cmd *cli.Command) error {
	chosen, err := choose(cmd)
	if err != nil {
		return err
	}
	seed, err := chooseSeed(cmd)
	if err != nil {
		return err
	}
	if cmd.IsSet("out") { // a run that holds needs no folder, unless somebody asked for one
		if err := writable("out", cmd.String("out")); err != nil {
			return err
		}
	}
	p, err := a.play(ctx, order{
		scenario: chosen.scenario, seed: seed, trace: cmd.String("trace"),
		verify: cmd.Bool("verify"), quiet: cmd.Bool("quiet"),
		again: fmt.Sprintf("%s run %s -seed %v", a.program, chosen.arguments(), seed),
	})
	if err != nil {
		return err
	}
	var kept keptFiles
	if len(p.result.Violations) > 0 && !p.interrupted {
		kept.bundle = a.keep(cmd.String("out"), chosen, a.newBundle(chosen.scenario, p.result))
	}
	kept.page = a.keepPage(pagePath(cmd, chosen, p), p)
	if err := a.showRun(cmd, chosen, p, kept); err != nil {
		return err
	}
	if p.divergence != nil {
		return exitWith(exitHarness)
	}
	return exitWith(verdictCode(p.result.Verdict))
}

// keptFiles are the files that a run has left in the folder of -out, each empty if there is none.
type keptFiles struct{ bundle, page string }

func (a *app) showRun(cmd *cli.Command, chosen choice, p *played, kept keptFiles) error {
	if cmd.Bool("json") {
		object := a.newReport(p)
		object.Bundle = kept.bundle
		return a.printJSON(object)
	}
	sheet := a.newSheet()
	sheet.headline(p)
	if !cmd.Bool("quiet") {
		sheet.body(p)
		if p.result.Verdict == world.Vacuous {
			sheet.needs(chosen, p.result.Seed)
		}
		sheet.line("fingerprint", "%v", p.result.Fingerprint)
		if p.compared && p.divergence == nil && !p.interrupted {
			sheet.line("verified", "run twice, the same after every event")
		}
		if kept.page != "" {
			sheet.line("page", "%s", kept.page)
		}
		if path := cmd.String("trace"); path != "" {
			sheet.line("trace", "%s trace %s", a.program, shellWord(path))
		}
		if kept.bundle != "" {
			sheet.line("bundle", "%s", kept.bundle)
		}
		sheet.line("next", "%s", a.afterRun(chosen, p, kept.bundle))
	}
	return a.print(sheet.String())
}

// afterRun is the command to go on with.
func (a *app) afterRun(chosen choice, p *played, bundle string) string {
	switch {
	case bundle != "":
		return fmt.Sprintf("%s replay %s", a.program, shellWord(bundle))
	case p.interrupted:
		return fmt.Sprintf("%s run %s -seed %v",
			a.program, chosen.arguments(), hunt.Seed(p.result.Seed))
	}
	return fmt.Sprintf("%s hunt %s -n 100", a.program, chosen.arguments())
}
