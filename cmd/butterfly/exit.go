package main

import (
	"errors"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios/world"
)

// Exit codes, as the package comment explains them. Scripts rely on them.
const (
	exitBroken    = 1
	exitUsage     = 2
	exitHarness   = 3
	exitUndecided = 4
)

// exitWith ends the command with a code and without a message, for the report has said it all. 0 is
// success.
func exitWith(code int) error {
	if code == 0 {
		return nil
	}
	return cli.Exit("", code)
}

// exitCode is what the process ends with: errors that name no code are usage errors or bad input.
func exitCode(err error) int {
	var coder cli.ExitCoder
	switch {
	case err == nil:
		return 0
	case errors.As(err, &coder):
		return coder.ExitCode()
	}
	return exitUsage
}

func verdictCode(v world.Verdict) int {
	switch v {
	case world.Pass:
		return 0
	case world.Fail:
		return exitBroken
	}
	return exitUndecided
}
