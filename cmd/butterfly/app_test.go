package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/world"
)

// invoke runs the command inside the test, and returns what it wrote and how it ended.
func invoke(ctx context.Context, args ...string) (stdout, stderr string, err error) {
	var out, warnings strings.Builder
	a := &app{
		out: &out, err: &warnings, program: "butterfly", build: func() string { return "this-build" },
	}
	err = a.command().Run(ctx, append([]string{"butterfly"}, args...))
	return out.String(), warnings.String(), err
}

var tiny = []string{"-set", "servers=5", "-set", "origins=20"}

// What "go run" starts lies in a folder that is gone when it ends.
func TestTheCommandToGoOnWithCanBeTyped(t *testing.T) {
	for started, want := range map[string]string{
		"butterfly":   "butterfly",
		"./butterfly": "./butterfly",
		os.TempDir() + "/go-build123/b001/exe/butterfly": "go run ./cmd/butterfly",
	} {
		require.Equal(t, want, programName(started))
	}
}

func TestExitCodes(t *testing.T) {
	for verdict, want := range map[world.Verdict]int{
		world.Pass: 0, world.Fail: 1, world.Vacuous: 4, world.Unknown: 4,
	} {
		require.Equal(t, want, exitCode(exitWith(verdictCode(verdict))))
	}
	require.Equal(t, 2, exitCode(errors.New("bad input")))
	require.Equal(t, 3, exitCode(harnessFault(1, errors.New("oh"), "butterfly run")))
}

func TestARunThatIsStoppedIsUndecided(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, arguments := range [][]string{{"run", "calm"}, {"run", "-verify"}, {"hunt", "-n", "3"}} {
		stdout, _, err := invoke(ctx, append(arguments, tiny...)...)
		require.Equal(t, exitUndecided, exitCode(err))
		require.True(t, strings.HasPrefix(stdout, "UNKNOWN"), stdout)
	}
}

// failing is a writer for results that cannot be written.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestAResultThatCannotBeWrittenIsNoPass(t *testing.T) {
	for _, arguments := range [][]string{
		{"run", "calm"}, {"run", "calm", "-json"}, {"hunt", "calm", "-n", "2", "-all"}, {"list"},
	} {
		a := &app{out: failing{}, err: &strings.Builder{}, build: buildID}
		if arguments[0] != "list" {
			arguments = append(arguments, tiny...)
		}
		err := a.command().Run(context.Background(), append([]string{"butterfly"}, arguments...))
		require.ErrorContains(t, err, "disk full")
	}
}
