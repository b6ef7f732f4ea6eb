package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios/hunt"
	"butterfly/scenarios/world"
)

func (a *app) replayCommand() *cli.Command {
	return &cli.Command{
		Name: "replay", ArgsUsage: "BUNDLE", Action: a.replay,
		Usage: "run a bundle again: exit 1 if its failure is reproduced, 3 if the run differs",
		Flags: []cli.Flag{jsonFlag(), traceFlag()},
	}
}

// replayReport is the JSON object of a replay.
type replayReport struct {
	report
	// Reproduced: the run is the one in the bundle.
	Reproduced bool `json:"reproduced"`
	// Differences says in what it is not.
	Differences []string `json:"differences"`
	// BundleBuild is the build that made the bundle.
	BundleBuild string `json:"bundle_build"`
}

func (a *app) replay(ctx context.Context, cmd *cli.Command) error {
	path, bundle, err := a.bundleArgument(cmd)
	if err != nil {
		return err
	}
	p, err := a.play(ctx, order{
		scenario: bundle.Scenario, seed: bundle.Seed, trace: cmd.String("trace"),
		again: fmt.Sprintf("%s replay %s", a.program, shellWord(path)),
	})
	if err != nil {
		return err
	}
	var differences []string
	if !p.interrupted {
		differences = bundle.Differences(p.result)
	}
	if err := a.showReplay(cmd, path, bundle, p, differences); err != nil {
		return err
	}
	if len(differences) > 0 {
		return exitWith(exitHarness)
	}
	return exitWith(replayCode(p))
}

// replayCode: a replay that was cut short has reproduced nothing, even if it had failed by then.
func replayCode(p *played) int {
	if p.interrupted {
		return exitUndecided
	}
	return verdictCode(p.result.Verdict)
}

// bundleArgument reads the bundle that a command is about, and warns if another build made it.
func (a *app) bundleArgument(cmd *cli.Command) (path string, bundle *hunt.Bundle, err error) {
	path = cmd.Args().First()
	if cmd.Args().Len() != 1 {
		return "", nil, fmt.Errorf("%s needs one bundle, got %d", cmd.FullName(), cmd.Args().Len())
	}
	if bundle, err = readBundle(path); err != nil {
		return "", nil, err
	}
	if bundle.Build != a.build() {
		a.warn("warning: %s was made by build %s, this is build %s: the run may differ",
			path, bundle.Build, a.build())
	}
	return path, bundle, nil
}

func (a *app) showReplay(
	cmd *cli.Command, path string, bundle *hunt.Bundle, p *played, differences []string,
) error {
	if cmd.Bool("json") {
		object := replayReport{
			report: a.newReport(p), Reproduced: len(differences) == 0 && !p.interrupted,
			Differences: append([]string{}, differences...), BundleBuild: bundle.Build,
		}
		return a.printJSON(object)
	}
	sheet := a.newSheet()
	sheet.replayHeadline(p, differences)
	sheet.body(p)
	sheet.line("fingerprint", "%v", p.result.Fingerprint)
	sheet.line("build", "%s", a.builds(bundle))
	for i, d := range differences {
		sheet.row(labelFirst("differs", i), "%s", d)
	}
	if len(differences) == 0 && len(p.result.Violations) > 0 && !isShrunk(path) && !p.interrupted {
		sheet.line("next", "%s shrink %s", a.program, shellWord(path))
	}
	return a.print(sheet.String())
}

// builds names the build that made the bundle, and this one if it is another.
func (a *app) builds(b *hunt.Bundle) string { return buildsText(b.Build, a.build()) }

// replayHeadline says whether the run was the one in the bundle.
func (s *sheet) replayHeadline(p *played, differences []string) {
	switch run := p.name(); {
	case p.interrupted:
		s.headline(p)
	case len(differences) > 0:
		s.verdict(red, "DIFFERS", "%s: this is not the run in the bundle.", run)
	case p.result.Verdict == world.Fail:
		s.verdict(red, "REPRODUCED", "%s: %s, event for event as in the bundle.", run, p.broken())
	case len(p.result.Violations) > 0:
		s.verdict(yellow, "REPRODUCED", "%s: %s, event for event as in the bundle; nothing was promised, for %s.",
			run, p.broken(), p.result.Beyond)
	default:
		s.verdict(green, "REPRODUCED", "%s: verdict %s, event for event as in the bundle.",
			run, p.result.Verdict)
	}
}
