package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/urfave/cli/v3"
)

// plotCommand draws figures, each kind with a subcommand of its own.
func (a *app) plotCommand() *cli.Command {
	kinds := []*cli.Command{a.plotTimelineCommand()}
	for _, c := range kinds {
		c.SliceFlagSeparator = ";"
		c.OnUsageError = usageError
	}
	return &cli.Command{
		Name: "plot", Usage: "draw a figure of what a run does", Commands: kinds, Action: unknownPlot,
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

// figureFlag names the file of a figure.
func figureFlag(value string) cli.Flag {
	return textFlag("out", value, "draw the figure into `FILE`, a .svg, .png or .pdf")
}

func tableFlag() cli.Flag {
	return textFlag("csv", "", "write the numbers of the figure into `FILE`")
}

// output begins the file that a flag names, before there is anything to write: what takes long
// should not fail at its end. Without a path there is no file.
func output(flag, path string) (*draft, error) {
	if path == "" {
		return nil, nil
	}
	file, err := newDraft(path)
	if err == nil {
		return file, nil
	}
	var cause *fs.PathError // it names a file that the user never heard of
	if errors.As(err, &cause) {
		err = fmt.Errorf("%s: %w", path, cause.Err)
	}
	return nil, fmt.Errorf("-%s %w", flag, err)
}
