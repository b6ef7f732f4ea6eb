package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"butterfly/node/live/spec"
	"butterfly/scenarios/file"
)

func (a *app) schemaCommand() *cli.Command {
	return &cli.Command{
		Name: "schema", ArgsUsage: "[scenario | origins | node]", Action: a.schema,
		Usage: "print the JSON Schema of scenario files, or of a live node's, for editors",
	}
}

func (a *app) schema(_ context.Context, cmd *cli.Command) error {
	if cmd.Args().Len() > 1 {
		return fmt.Errorf("one schema at a time, got %q as well", cmd.Args().Get(1))
	}
	switch kind := cmd.Args().First(); kind {
	case "", "scenario":
		return a.print(string(file.Schema()))
	case "origins":
		return a.print(string(spec.OriginsSchema()))
	case "node":
		return a.print(string(spec.NodeSchema()))
	default:
		return fmt.Errorf("schema %q: expected one of scenario, origins, node", kind)
	}
}
