package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/urfave/cli/v3"
	"golang.org/x/term"

	"butterfly/scenarios"
)

// app is what all subcommands share: where to write, and how.
type app struct {
	out, err io.Writer
	// program is how to start this command again.
	program string
	// colour: out is a terminal that takes colours. bars: err is one that takes progress bars.
	colour, bars bool
	// build identifies this build. It is costly the first time.
	build func() string
}

func newApp(out, err *os.File, started string) *app {
	return &app{
		out: out, err: err, program: programName(started), build: sync.OnceValue(buildID),
		colour: takesColour(out), bars: term.IsTerminal(int(err.Fd())),
	}
}

// programName says how to start the command again, given how it was started. What "go run" starts
// is gone when it ends.
func programName(started string) string {
	if strings.Contains(filepath.ToSlash(started), "/go-build") {
		return "go run ./cmd/butterfly"
	}
	return started
}

// command is the tree of subcommands.
func (a *app) command() *cli.Command {
	subcommands := []*cli.Command{
		a.runCommand(), a.listCommand(), a.huntCommand(), a.replayCommand(), a.traceCommand(),
		a.shrinkCommand(), a.plotCommand(), a.tuneCommand(), a.versusCommand(), a.fidelityCommand(),
		a.fidelityServerCommand(), a.schemaCommand(), a.nodeCommand(), a.replayNodeCommand(),
		a.versionCommand(),
	}
	for _, c := range subcommands {
		// "," stands inside values of -set, such as lognormal(0.5ms, 0.8).
		c.SliceFlagSeparator = ";"
		c.OnUsageError = usageError
		c.CommandNotFound = helpOf
	}
	return &cli.Command{
		Name:  "butterfly",
		Usage: "one seed, one universe: a simulated cluster, its faults and its promises",
		Description: "\"butterfly run\" runs the default scenario. Flags take one or two dashes,\n" +
			"and each has a twin in the environment, such as BUTTERFLY_SEED for -seed.",
		Commands: subcommands, OnUsageError: usageError, EnableShellCompletion: true,
		Writer: a.out, ErrWriter: a.err,
		Action: unknownCommand,
		// The caller of Run prints errors and exits.
		ExitErrHandler: func(context.Context, *cli.Command, error) {},
	}
}

// unknownCommand is what is left when no subcommand fits.
func unknownCommand(_ context.Context, cmd *cli.Command) error {
	if !cmd.Args().Present() {
		return cli.ShowRootCommandHelp(cmd)
	}
	return unknown(cmd, cmd.Args().First())
}

// unknown says which subcommands there are, if there is none of the name.
func unknown(cmd *cli.Command, name string) error {
	var known []string
	for _, c := range cmd.VisibleCommands() {
		known = append(known, c.Name)
	}
	return fmt.Errorf("unknown command %q%s; known are %s",
		name, scenarios.DidYouMean(name, known), strings.Join(known, ", "))
}

// helpOf is what -h shows of a command with an argument, which the parser takes for the name of a
// subcommand: the same as without one.
func helpOf(ctx context.Context, cmd *cli.Command, _ string) {
	cli.ShowCommandHelp(ctx, cmd.Lineage()[1], cmd.Name)
}

// usageError turns the parser's complaint into one line with a suggestion.
func usageError(_ context.Context, cmd *cli.Command, err error, _ bool) error {
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !unknown {
		return err
	}
	var known []string
	for _, f := range cmd.VisibleFlags() {
		known = append(known, f.Names()[0])
	}
	return fmt.Errorf("unknown flag -%s%s; %s -help lists them",
		name, scenarios.DidYouMean(name, known), cmd.FullName())
}

// noArguments refuses arguments where there are none to give.
func noArguments(cmd *cli.Command) error {
	if cmd.Args().Present() {
		return fmt.Errorf("%s takes no argument, got %q", cmd.FullName(), cmd.Args().First())
	}
	return nil
}

// print writes a finished text at once. A report that could not be written is an error, not a pass.
func (a *app) print(text string) error {
	_, err := io.WriteString(a.out, text)
	return err
}

// warn says something on stderr that is no result.
func (a *app) warn(format string, args ...any) {
	fmt.Fprintf(a.err, "butterfly: "+format+"\n", args...)
}
