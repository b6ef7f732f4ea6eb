package main

import (
	"errors"
	"fmt"

	"butterfly/scenarios/world"
)

// Exit codes, as the package comment explains them. Scripts rely on them.
const (
	exitBroken    = 1
	exitUsage     = 2
	exitHarness   = 3
	exitUndecided = 4
)

// ending is an error that names the exit code. Errors of the library of the command line name codes
// as well, which are not those that scripts rely on.
type ending struct {
	text string
	code int
}

func (e *ending) Error() string { return e.text }

// endWith ends the command with a code and a message.
func endWith(code int, format string, args ...any) error {
	return &ending{fmt.Sprintf(format, args...), code}
}

// exitWith ends the command with a code and without a message, for the report has said it all. 0 is
// success.
func exitWith(code int) error {
	if code == 0 {
		return nil
	}
	return &ending{code: code}
}

// exitCode is what the process ends with: errors that are no [ending] are usage errors or bad
// input.
func exitCode(err error) int {
	var end *ending
	switch {
	case err == nil:
		return 0
	case errors.As(err, &end):
		return end.code
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
