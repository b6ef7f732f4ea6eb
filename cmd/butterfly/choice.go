package main

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
)

// choice is the scenario a command is about, and how its user named it.
type choice struct {
	scenario scenarios.Scenario
	// named is what its user typed: the scenario's name or a file. Empty stands for the name.
	named    string
	settings []string
	// text is what the file says that it was read from; empty for one of the catalogue.
	text string
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
	words := []string{shellWord(cmp.Or(c.named, c.scenario.Name))}
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

// longestMark is how many bytes of settings a file name may have: a command line with the file
// shall still fit a line of a terminal.
const longestMark = 24

// fileName is name, that of a file about a run of the scenario, with what was set in the scenario:
// the same seed is another run with other settings, and must not overwrite this one. What is too
// long or unfit for a file name is replaced by its hash. A scenario that was read from a file is marked
// by the hash of what it says: others may bear its name, and what it says may change.
func (c choice) fileName(name string) string {
	extension := filepath.Ext(name)
	stem := strings.TrimSuffix(name, extension)
	if c.text != "" {
		stem += fmt.Sprintf("-%08x", uint32(fnv64(c.text)))
	}
	if len(c.settings) == 0 {
		return stem + extension
	}
	mark := strings.Join(c.settings, ",")
	if !consistsOf(mark, "-_.=,%+") || len(mark) > longestMark {
		mark = fmt.Sprintf("%016x", fnv64(mark))
	}
	return stem + "-" + mark + extension
}

func fnv64(text string) uint64 {
	sum := fnv.New64a()
	sum.Write([]byte(text))
	return sum.Sum64()
}

// shellWord quotes a word for a POSIX shell if it needs it.
func shellWord(word string) string {
	if word != "" && consistsOf(word, "-_./=:,%+@") {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// consistsOf reports whether a text has only letters and digits of ASCII, and the given other ones.
func consistsOf(text, others string) bool {
	return strings.IndexFunc(text, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') &&
			!strings.ContainsRune(others, c)
	}) < 0
}
