package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"butterfly/node/live/seal"
	"butterfly/node/live/spec"
)

// nodeCommand runs one live node. Its flags are the keys of the configuration file.
func (a *app) nodeCommand() *cli.Command {
	flags := []cli.Flag{
		textFlag("config", "", "read the configuration from `FILE`; flags go before it"),
		switchFlag("check", "say whether the configuration and its files are valid, and print it whole"),
	}
	for _, s := range spec.Settings() {
		if s.Switch {
			flags = append(flags, switchFlag(s.Flag, s.Means))
		} else {
			flags = append(flags, textFlag(s.Flag, s.Default, s.Means))
		}
	}
	return &cli.Command{
		Name: "node", Flags: flags, Action: a.node,
		Usage:    "run one live node: check real origins together with other nodes",
		Commands: []*cli.Command{a.keygenCommand(), a.nodeOriginsCommand()}, HideHelpCommand: true,
	}
}

func (a *app) node(ctx context.Context, cmd *cli.Command) error {
	if cmd.Args().Present() {
		return unknown(cmd, cmd.Args().First())
	}
	setup, err := readSetup(cmd)
	if err != nil {
		return err
	}
	if cmd.Bool("check") {
		return a.print(a.checked(cmd, setup))
	}
	return a.live(ctx, setup)
}

func (a *app) keygenCommand() *cli.Command {
	return &cli.Command{
		Name: "keygen", Usage: "print a new key, as a line for the key file", Action: a.keygen,
		OnUsageError: usageError,
	}
}

func (a *app) keygen(_ context.Context, cmd *cli.Command) error {
	if err := noArguments(cmd); err != nil {
		return err
	}
	return a.print(seal.NewKey() + "\n")
}

// checked is the report of -check: it is a configuration file that says the same.
func (a *app) checked(cmd *cli.Command, s *setup) string {
	return fmt.Sprintf("# Valid: node %s (number %d) of cluster %s, with all its files.\n",
		s.node.Name, s.number(), s.node.Label) +
		fmt.Sprintf("# origins  %s in %s\n", counted(len(s.origins.Entries()), "origin"),
			counted(len(s.origins.Services), "service")) +
		fmt.Sprintf("# sealed   %s\n", s.sealed()) +
		fmt.Sprintf("# next     %s\n", a.again(cmd)) + string(s.node.Print())
}

// again is the command with the same flags, but for -check.
func (a *app) again(cmd *cli.Command) string {
	command := a.program + " node"
	if path := cmd.String("config"); path != "" {
		command += " -config " + shellWord(path)
	}
	for _, s := range spec.Settings() {
		if text, said := settingOf(cmd, s); said {
			command += fmt.Sprintf(" -%s=%s", s.Flag, shellWord(text))
		}
	}
	return command
}
