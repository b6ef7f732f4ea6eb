package zoo

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Command runs the command of one build, and returns what it prints on stdout, whatever it ends with:
// it fails when it cannot be run, or does not end.
type Command func(arguments ...string) (stdout []byte, err error)

// Random is the strategy in which each seed is a plan of its own.
const Random = "random"

// Strategies are those that are measured: all that go on for as long as anybody likes, but for that of rapid,
// whose plans are small.
func Strategies() []string { return []string{Random, "swarm", "weighted", "pct"} }

// noPanic is the property that is broken by a mutant that panics.
const noPanic = "no-panic"

// SeedsPerRestart is after how many seeds without a failure a search is given up. Twice the hundred
// that the median may take leaves no doubt on which side of it that is.
const SeedsPerRestart = 200

// search is one restart: what it found, in seeds that no other has.
type search struct {
	seeds    int // run until the failure, the failing one included; all if there was none
	found    bool
	panicked bool
	property string
	faults   int // left after shrinking; -1 if that was not possible
	seconds  float64
}

// Measure hunts a build with a strategy, restart by restart.
func Measure(run Command, h Hunt, strategy string, restarts int) (Kill, error) {
	var all []search
	for restart := range restarts {
		first := restart*SeedsPerRestart + 1
		s, err := searchFrom(run, h, strategy, first)
		if err != nil {
			return Kill{}, fmt.Errorf("%v, from seed %d: %w", h, first, err)
		}
		all = append(all, s)
	}
	k := summarise(all)
	k.Hunt, k.Strategy = h.String(), strategy
	return k, nil
}

// searchFrom runs seeds from first on until one fails, and shrinks its plan.
func searchFrom(run Command, h Hunt, strategy string, first int) (s search, err error) {
	s.faults = -1
	bundle, err := s.hunt(run, h, strategy, first)
	if err != nil || bundle == "" {
		return s, err
	}
	return s, s.shrink(run, bundle)
}

// hunt runs seeds until one fails, and returns the bundle of that, if there is one. It is one call, as
// strategies that learn forget between two. No seed is run twice, and what fails is shrunk by itself,
// so that the time is that of the search and that of a whole shrinking.
func (s *search) hunt(
	run Command, h Hunt, strategy string, first int,
) (bundle string, err error) {
	arguments := append([]string{"hunt"}, h.Arguments()...)
	seeds := fmt.Sprintf("%d-%d", first, first+SeedsPerRestart-1)
	stdout, err := run(append(arguments, "-strategy", strategy, "-seeds", seeds,
		"-failures", "1", "-shrink", "0", "-recheck", "0", "-json")...)
	if err != nil {
		return "", err
	}
	return s.readLines(stdout, first)
}

// huntLine is a line of hunt -json: of a seed that failed, or the summary.
type huntLine struct {
	Summary     bool    `json:"summary"`
	Seeds       int     `json:"seeds"`
	WallSeconds float64 `json:"wall_seconds"`

	Seed       string `json:"seed"`
	Violations []struct {
		Property string `json:"property"`
	} `json:"violations"`
	HarnessFault string `json:"harness_fault"`
	Bundle       string `json:"bundle"`
}

// readLines reads what a hunt printed, up to its summary, and takes the first failure.
func (s *search) readLines(stdout []byte, first int) (bundle string, err error) {
	lines := bufio.NewScanner(bytes.NewReader(stdout))
	lines.Buffer(nil, len(stdout)+1)
	for lines.Scan() {
		var line huntLine
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return "", fmt.Errorf("%q: %w", lines.Text(), err)
		}
		switch {
		case line.Summary:
			s.seconds += line.WallSeconds
			if !s.found {
				s.seeds = line.Seeds
			}
			return bundle, nil
		case !s.found: // seeds come in their order, and after a panic the hunt goes on
			if err := s.fail(&line, first); err != nil {
				return "", err
			}
			bundle = line.Bundle
		}
	}
	return "", fmt.Errorf("%q: expected a summary at the end", stdout)
}

// fail takes the first failure.
func (s *search) fail(line *huntLine, first int) error {
	seed, err := strconv.ParseUint(line.Seed, 0, 64)
	if err != nil {
		return err
	}
	s.found, s.seeds = true, int(seed)-first+1
	if len(line.Violations) > 0 {
		s.property = line.Violations[0].Property
	}
	s.panicked = line.HarnessFault != "" || s.property == noPanic
	return nil
}

// shrink makes the plan of a failed run small. If the mutant panics in a smaller one there is nothing
// to report: that ends the shrinking.
func (s *search) shrink(run Command, bundle string) error {
	stdout, err := run("shrink", bundle, "-json")
	if err != nil || len(stdout) == 0 {
		return err
	}
	var report struct {
		WallSeconds float64 `json:"wall_seconds"`
		After       struct {
			Faults int `json:"faults"`
		} `json:"after"`
	}
	if err := json.Unmarshal(stdout, &report); err != nil {
		return fmt.Errorf("shrink %s: %q: %w", bundle, stdout, err)
	}
	s.faults = report.After.Faults
	s.seconds += report.WallSeconds
	return nil
}
