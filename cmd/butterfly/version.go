package main

import (
	"context"
	"runtime"
	"runtime/debug"

	"github.com/urfave/cli/v3"

	"butterfly/sim/invariant"
)

func (a *app) versionCommand() *cli.Command {
	return &cli.Command{Name: "version", Action: a.version, Usage: "say which build this is"}
}

func (a *app) version(_ context.Context, cmd *cli.Command) error {
	if err := noArguments(cmd); err != nil {
		return err
	}
	release := "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok {
		release = info.Main.Version
	}
	invariants := "off"
	if invariant.Enabled {
		invariants = "on"
	}
	sheet := a.newSheet()
	sheet.row("butterfly", "%s", release)
	sheet.row("build", "%s", a.build())
	sheet.row("go", "%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	sheet.row("invariants", "%s", invariants)
	return a.print(sheet.String())
}
