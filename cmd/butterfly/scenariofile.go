package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"butterfly/scenarios"
	"butterfly/scenarios/file"
)

// findScenario returns the scenario of the catalogue with the given name, or the one in the file of
// that name.
func findScenario(name string) (scenarios.Scenario, error) {
	s, err := scenarios.Find(name)
	if err == nil || !namesFile(name) {
		return s, err
	}
	return readScenario(name)
}

// namesFile reports whether a name that is not in the catalogue is meant to be a file's.
func namesFile(name string) bool {
	extension := filepath.Ext(name)
	return extension == ".yaml" || extension == ".yml" ||
		strings.ContainsRune(name, '/') || strings.ContainsRune(name, filepath.Separator)
}

// readScenario reads a scenario from a file.
func readScenario(path string) (scenarios.Scenario, error) {
	text, err := readAtMost(path, file.MaxBytes+1)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	s, err := file.Parse(path, text)
	var refused *file.Error
	if errors.As(err, &refused) {
		refused.Problem = asTyped(errors.New(refused.Problem))
	}
	return s, err
}

// readAtMost reads a file, or as much of it as is allowed: there are files without an end.
func readAtMost(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err == nil {
		defer f.Close()
		var text []byte
		if text, err = io.ReadAll(io.LimitReader(f, most)); err == nil {
			return text, nil
		}
	}
	var cause *fs.PathError
	if errors.As(err, &cause) {
		err = cause.Err
	}
	return nil, fmt.Errorf("%s: %w", path, err)
}
