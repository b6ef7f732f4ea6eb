package main

import (
	"context"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios/file"
)

func (a *app) schemaCommand() *cli.Command {
	return &cli.Command{
		Name: "schema", Action: a.schema,
		Usage: "print the JSON Schema of scenario files, for editors",
	}
}

func (a *app) schema(_ context.Context, cmd *cli.Command) error {
	if err := noArguments(cmd); err != nil {
		return err
	}
	return a.print(string(file.Schema()))
}
