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
	p, err := a.play(ctx, order{
		scenario: chosen.scenario, seed: seed, trace: cmd.String("trace"),
		verify: cmd.Bool("verify"), quiet: cmd.Bool("quiet"),
		again: fmt.Sprintf("%s run %s -seed %v", a.program, chosen.arguments(), seed),
	})
	if err != nil {
		return err
	}
	bundle := ""
	if p.result.Verdict == world.Fail && !p.interrupted {
		bundle = a.keep(cmd.String("out"), chosen, a.newBundle(chosen.scenario, p.result))
	}
	if err := a.keepPage(cmd, chosen, p); err != nil {
		return err
	}
	if err := a.showRun(cmd, chosen, p, bundle); err != nil {
		return err
	}
	if p.divergence != nil {
		return exitWith(exitHarness)
	}
	return exitWith(verdictCode(p.result.Verdict))
}

func (a *app) showRun(cmd *cli.Command, chosen choice, p *played, bundle string) error {
	if cmd.Bool("json") {
		object := a.newReport(p)
		object.Bundle = bundle
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
		if path := pagePath(cmd, chosen, p); path != "" {
			sheet.line("page", "%s", path)
		}
		if path := cmd.String("trace"); path != "" {
			sheet.line("trace", "%s trace %s", a.program, shellWord(path))
		}
		if bundle != "" {
			sheet.line("bundle", "%s", bundle)
		}
		sheet.line("next", "%s", a.afterRun(chosen, p, bundle))
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
