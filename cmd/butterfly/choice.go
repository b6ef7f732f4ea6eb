package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
)

// choice is the scenario a command is about, and how its user named it.
type choice struct {
	scenario scenarios.Scenario
	settings []string
}

// choose reads SCENARIO and -set.
func choose(cmd *cli.Command) (choice, error) {
	chosen, err := chooseOr(cmd, scenarios.Default)
	chosen.scenario = patient(chosen.scenario)
	return chosen, err
}

// chooseOr reads SCENARIO, which is otherwise when none is named, and -set.
func chooseOr(cmd *cli.Command, otherwise string) (choice, error) {
	if cmd.Args().Len() > 1 {
		return choice{}, fmt.Errorf("one scenario at a time: %s",
			strings.Join(cmd.Args().Slice(), ", "))
	}
	name := cmd.Args().First()
	if name == "" {
		name = otherwise
	}
	return chooseNamed(name, cmd.StringSlice("set"))
}

// arguments names the choice on a command line.
func (c choice) arguments() string {
	words := []string{shellWord(c.scenario.Name)}
	for _, s := range c.settings {
		words = append(words, "-set", shellWord(s))
	}
	return strings.Join(words, " ")
}

// chooseSeed reads -seed.
func chooseSeed(cmd *cli.Command) (hunt.Seed, error) {
	seed, err := hunt.ParseSeed(cmd.String("seed"))
	if err != nil {
		return 0, fmt.Errorf("-seed %w", err)
	}
	return seed, nil
}

// shellWord quotes a word for a POSIX shell if it needs it.
func shellWord(word string) string {
	plain := func(c rune) bool {
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
			strings.ContainsRune("-_./=:,%+@", c)
	}
	if word != "" && strings.IndexFunc(word, func(c rune) bool { return !plain(c) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
