package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/stage"
)

// choice is the scenario a command is about, and how its user named it.
type choice struct {
	scenario scenarios.Scenario
	settings []string
}

// choose reads SCENARIO and -set.
func choose(cmd *cli.Command) (choice, error) {
	if cmd.Args().Len() > 1 {
		return choice{}, fmt.Errorf("one scenario at a time: %s",
			strings.Join(cmd.Args().Slice(), ", "))
	}
	name := cmd.Args().First()
	if name == "" {
		name = scenarios.Default
	}
	scenario, err := scenarios.Find(name)
	if err != nil {
		return choice{}, err
	}
	settings := cmd.StringSlice("set")
	for _, assignment := range settings {
		if err := scenario.Set(assignment); err != nil {
			return choice{}, err
		}
	}
	if err := stage.Validate(&scenario); err != nil {
		return choice{}, fmt.Errorf("scenario %s: %w", name, err)
	}
	return choice{patient(scenario), settings}, nil
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
