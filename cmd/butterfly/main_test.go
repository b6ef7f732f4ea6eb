package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"butterfly": main, "livenode": mainForParent})
}

// mainForParent is the command for tests that start it and may not live to end it: it ends when the
// process that started it has.
func mainForParent() {
	parent := os.Getppid()
	go func() {
		for os.Getppid() == parent {
			time.Sleep(100 * time.Millisecond)
		}
		os.Exit(exitHarness)
	}()
	main()
}

// TestScripts runs testdata/script: what a user types, and what comes of it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "same": same, "await": await, "record": recordLife,
		},
		Condition:           condition,
		RequireExplicitExec: true,
	})
}

// condition knows [netns]: this machine has network namespaces that lose packets, and may make them;
// and [netem]: they delay packets as well.
func condition(name string) (bool, error) {
	delay, known := map[string]time.Duration{"netns": 0, "netem": time.Millisecond}[name]
	if !known {
		return false, fmt.Errorf("unknown condition %q", name)
	}
	_, err := newStreets(context.Background(), delay)
	return err == nil, nil
}

// exits runs "exits CODES COMMAND..." and demands one of the exit codes, which are apart by commas.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE,... COMMAND...")
	}
	code := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if !slices.Contains(strings.Split(args[0], ","), strconv.Itoa(code)) {
		ts.Fatalf("exit code %d, expected %s", code, args[0])
	}
}

// same demands that two files of JSON agree (or, negated, do not) in a field: "same FIELD FILE FILE".
func same(ts *testscript.TestScript, neg bool, args []string) {
	var values [2]string
	for i, file := range args[1:] {
		var object map[string]json.RawMessage
		ts.Check(json.Unmarshal([]byte(ts.ReadFile(file)), &object))
		value, err := json.Marshal(object[args[0]]) // without white space
		ts.Check(err)
		if values[i] = string(value); values[i] == "null" {
			ts.Fatalf("%s has no field %s", file, args[0])
		}
	}
	if (values[0] == values[1]) == neg {
		ts.Fatalf("%s: %s and %s", args[0], values[0], values[1])
	}
}

// await waits until a file appears whose name fits a pattern.
func await(ts *testscript.TestScript, _ bool, args []string) {
	for range 1000 {
		if found, _ := filepath.Glob(ts.MkAbs(args[0])); len(found) > 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s did not appear", args[0])
}
