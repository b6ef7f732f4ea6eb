package main

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios"
)

// twin names the environment variable that a flag is read from when it is not given.
func twin(flag string) cli.ValueSourceChain {
	return cli.EnvVars("BUTTERFLY_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_")))
}

func textFlag(name, value, usage string) cli.Flag {
	return &cli.StringFlag{
		Name: name, Value: value, DefaultText: value, Usage: usage, Sources: twin(name),
	}
}

func switchFlag(name, usage string) cli.Flag {
	return &cli.BoolFlag{Name: name, Usage: usage, Sources: twin(name), HideDefault: true}
}

func seedFlag() cli.Flag {
	return textFlag("seed", "1", "`N` decides all luck: decimal, or hexadecimal after 0x")
}

func setFlag() cli.Flag {
	keys, _ := scenarios.Settings()
	return &cli.StringSliceFlag{
		Name: "set", Sources: twin("set"),
		Usage: "change `KEY=VALUE` of the scenario, repeatable: " + strings.Join(keys, ", "),
	}
}

func jsonFlag() cli.Flag { return switchFlag("json", "print JSON") }

func outFlag() cli.Flag {
	return textFlag("out", "bundles", "write the bundles of runs that broke something to `DIR`")
}

func traceFlag() cli.Flag {
	return textFlag("trace", "", "write the whole history to `FILE`; butterfly trace reads it")
}

// countFlag reads a flag that holds a whole number of at least 1.
func countFlag(cmd *cli.Command, name string) (int, error) { return countFrom(1, cmd, name) }

// countFrom reads a flag that holds a whole number of at least the least.
func countFrom(least int, cmd *cli.Command, name string) (int, error) {
	return countWithin(least, mostRuns, cmd, name)
}

// mostWorkers is more than any machine has cores.
const mostWorkers = 4096

// workersFlag is how many runs a command that says so plays at a time.
func workersFlag(usage string) cli.Flag {
	return textFlag("workers", strconv.Itoa(runtime.GOMAXPROCS(0)), usage)
}

// chooseWorkers reads the flag of [workersFlag].
func chooseWorkers(cmd *cli.Command) (int, error) {
	return countWithin(1, mostWorkers, cmd, "workers")
}

// countWithin reads a flag that holds a whole number within limits.
func countWithin(least, most int, cmd *cli.Command, name string) (int, error) {
	text := cmd.String(name)
	n, err := strconv.Atoi(text)
	switch {
	case n > most: // so is what does not fit an int
		return 0, fmt.Errorf("-%s %s: expected a whole number of at most %d", name, text, most)
	case err != nil || n < least:
		return 0, fmt.Errorf("-%s %s: expected a whole number of at least %d", name, text, least)
	}
	return n, nil
}
