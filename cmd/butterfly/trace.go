package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"

	"github.com/urfave/cli/v3"

	"butterfly/node"
	"butterfly/scenarios/hunt"
	"butterfly/sim/trace"
)

func (a *app) traceCommand() *cli.Command {
	return &cli.Command{
		Name: "trace", ArgsUsage: "FILE", Action: a.trace,
		Usage: "print a history that -trace has written, or what led to one event of it",
		Flags: []cli.Flag{
			textFlag("seq", "", "print the chain of causes of event #`N` instead of everything"),
		},
	}
}

func (a *app) trace(ctx context.Context, cmd *cli.Command) error {
	if cmd.Args().Len() != 1 {
		return fmt.Errorf("%s needs one file, got %d", cmd.FullName(), cmd.Args().Len())
	}
	path := cmd.Args().First()
	file, err := os.Open(path)
	var cause *fs.PathError
	if errors.As(err, &cause) {
		err = cause.Err
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer file.Close()
	reader, err := trace.NewReader(bufio.NewReader(file))
	if errors.As(err, &cause) {
		err = cause.Err
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	out := bufio.NewWriter(a.out)
	if seq := cmd.String("seq"); seq != "" {
		err = printLineage(out, reader, seq)
	} else {
		err = printTrace(ctx, out, reader)
	}
	if flushing := out.Flush(); err == nil {
		err = flushing
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// printTrace prints everything, one record a line.
func printTrace(ctx context.Context, out io.Writer, reader *trace.Reader) error {
	h := reader.Header()
	fmt.Fprintf(out, "# %s, seed %v, build %s\n", h.Scenario, hunt.Seed(h.Seed), h.Build)
	for ctx.Err() == nil {
		r, err := reader.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintln(out, r.Describe(eventName)); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// printLineage prints what led to an event, oldest first.
func printLineage(out io.Writer, reader *trace.Reader, text string) error {
	seq, err := strconv.ParseUint(text, 10, 64)
	if err != nil || seq == 0 {
		return fmt.Errorf("-seq %s: expected the number of an event, as after # in the trace", text)
	}
	chain, err := trace.Lineage(reader, seq)
	if err != nil {
		return err
	}
	for i := range chain {
		if _, err := fmt.Fprintln(out, chain[i].Describe(eventName)); err != nil {
			return err
		}
	}
	return nil
}

func eventName(code uint16) string { return node.EventKind(code).String() }
