package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios"
	"butterfly/scenarios/file"
)

func (a *app) listCommand() *cli.Command {
	return &cli.Command{
		Name: "list", Action: a.list,
		Usage: "list the scenarios: what happens in each and what it proves",
		Flags: []cli.Flag{
			jsonFlag(),
			textFlag("yaml", "", "print the `SCENARIO` as a file to begin one's own with"),
			textFlag("promises", "", "say what is promised of the `SCENARIO`, and what that means"),
		},
	}
}

// listed is one line of the catalogue.
type listed struct {
	Name       string `json:"name"`
	About      string `json:"about"`
	Proves     string `json:"proves"`
	ExpectFail bool   `json:"expect_fail"`
	Default    bool   `json:"default"`
}

func (a *app) list(_ context.Context, cmd *cli.Command) error {
	if err := noArguments(cmd); err != nil {
		return err
	}
	if name := cmd.String("yaml"); name != "" {
		return a.printScenario(name)
	}
	if name := cmd.String("promises"); name != "" {
		return a.printPromises(name)
	}
	var all []listed
	for _, s := range scenarios.Catalogue() {
		isDefault := s.Name == scenarios.Default
		all = append(all, listed{s.Name, s.About, s.Proves, s.ExpectFail, isDefault})
	}
	if cmd.Bool("json") {
		return a.printJSON(all)
	}
	sheet := a.newSheet()
	for _, l := range all {
		sheet.labels = max(sheet.labels, len(l.Name)+2)
	}
	for _, l := range all {
		sheet.row(l.Name, "%s%s", l.About, l.mark())
		sheet.row("", "proves %s", l.Proves)
	}
	sheet.gap()
	sheet.line("next", "%s run %s", a.program, scenarios.Default)
	return a.print(sheet.String())
}

// printScenario prints a scenario as a file.
func (a *app) printScenario(name string) error {
	s, err := findScenario(name)
	if err != nil {
		return err
	}
	return a.print(string(file.Print(&s)))
}

// printPromises says what a run of a scenario is held to.
func (a *app) printPromises(name string) error {
	s, err := findScenario(name)
	if err != nil {
		return err
	}
	s = s.Expand(1)
	sheet := a.newSheet()
	all := promises(&s, nil)
	for _, p := range all {
		sheet.labels = max(sheet.labels, len(p.property)+2)
	}
	for _, p := range all {
		sheet.row(p.property, "%s", p.measured)
	}
	sheet.gap()
	sheet.line("next", "%s run %s", a.program, name)
	return a.print(sheet.String())
}

func (l listed) mark() string {
	switch {
	case l.ExpectFail:
		return fmt.Sprintf(" (expected to fail: hunt %s)", l.Name)
	case l.Default:
		return " (the default)"
	}
	return ""
}
