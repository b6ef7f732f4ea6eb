package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"
)

// plotCommand draws figures, each kind with a subcommand of its own.
func (a *app) plotCommand() *cli.Command {
	kinds := []*cli.Command{
		a.plotTimelineCommand(), a.plotDetectionCommand(), a.plotFalsePositivesCommand(),
		a.plotHealingCommand(), a.plotSpreadCommand(), a.plotRumorCommand(), a.plotCostCommand(),
		a.plotTakeoverCommand(), a.plotBalanceCommand(), a.plotDisruptionCommand(),
		a.plotDisagreementCommand(), a.plotVersusCommand(),
	}
	for _, c := range kinds {
		c.SliceFlagSeparator = ";"
		c.OnUsageError = usageError
		c.CommandNotFound = helpOf
	}
	return &cli.Command{
		Name: "plot", Usage: "draw a figure of what runs do", Commands: kinds, Action: unknownPlot,
	}
}

// unknownPlot is what is left when no kind of figure fits.
func unknownPlot(ctx context.Context, cmd *cli.Command) error {
	if !cmd.Args().Present() {
		return fmt.Errorf("%s needs to know what to draw, such as %s",
			cmd.FullName(), cmd.VisibleCommands()[0].FullName())
	}
	return unknownCommand(ctx, cmd)
}

// figureFlag names the file of a figure. Its twin has a name of its own: BUTTERFLY_OUT is the
// folder of the bundles.
func figureFlag(value string) cli.Flag {
	return &cli.StringFlag{
		Name: "out", Value: value, DefaultText: value, Sources: twin("plot_out"),
		Usage: "draw the figure into `FILE`, a .svg, .png or .pdf",
	}
}

func tableFlag() cli.Flag {
	return textFlag("csv", "", "write the numbers of the figure into `FILE`")
}
