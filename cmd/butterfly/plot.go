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
		HideHelpCommand: true, // it takes every topic for one that exists
	}
}

// unknownPlot is what is left when no kind of figure fits: help, and errors.
func unknownPlot(ctx context.Context, cmd *cli.Command) error {
	topic := cmd.Args().Get(1)
	switch {
	case cmd.Args().First() == "help" && topic == "":
		return cli.ShowSubcommandHelp(cmd)
	case cmd.Args().First() == "help" && cmd.Command(topic) != nil:
		return cli.ShowCommandHelp(ctx, cmd, topic)
	case cmd.Args().First() == "help":
		return unknown(cmd, topic)
	case !cmd.Args().Present():
		return fmt.Errorf("%s needs to know what to draw, such as %s",
			cmd.FullName(), cmd.VisibleCommands()[0].FullName())
	}
	return unknown(cmd, cmd.Args().First())
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
