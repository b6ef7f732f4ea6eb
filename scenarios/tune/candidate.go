package tune

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"butterfly/node/swim"
	"butterfly/scenarios"
	"butterfly/scenarios/group"
	"butterfly/scenarios/stage"
)

// Candidate is one choice of the parameters.
type Candidate struct {
	// Preset is memberlist's name for this choice, empty for one of the grid.
	Preset string
	// Settings are what [scenarios.Scenario.Set] takes to turn the given scenario into this choice.
	Settings []string

	scenario scenarios.Scenario
	config   swim.Config
	// duration is that of the crash run, the same for all candidates.
	duration scenarios.Span
}

// Label names the choice by its preset, or by its settings.
func (c *Candidate) Label() string {
	if c.Preset != "" {
		return c.Preset
	}
	return strings.Join(c.Settings, " ")
}

// Suits says why a scenario cannot be tuned, nil if it can.
func Suits(s *scenarios.Scenario) error {
	switch {
	case s.Replicas != nil:
		return errors.New("it is the map alone, and what is tuned is SWIM alone")
	case s.Group == nil:
		return errors.New("it is a whole cluster, and what is tuned is SWIM alone")
	case s.Trial == nil || s.Trial.Kind != scenarios.Crashes || s.Trial.Down != 0:
		return errors.New("nobody crashes for good, and a crash is what is to be noticed")
	case s.Vary != nil:
		return errors.New("it is of many sizes or losses, and what is tuned is one network")
	case s.Servers < 3:
		return fmt.Errorf("it takes 3 servers to tell the slow from the dead, and has %d", s.Servers)
	}
	return nil
}

// Candidates returns memberlist's presets, and then the grid. It leaves out what does not go
// together, such as a timeout longer than its interval, and what is there already.
func Candidates(s *scenarios.Scenario) (all []Candidate) {
	for _, preset := range []scenarios.Preset{scenarios.Lan, scenarios.Wan, scenarios.Local} {
		c := Candidate{Preset: string(preset), Settings: []string{"preset=" + string(preset)}}
		if c.apply(s) {
			all = append(all, c)
		}
	}
	for _, settings := range grid(&s.Group.Tuning) {
		if c := (Candidate{Settings: settings}); c.apply(s) && !c.among(all) {
			all = append(all, c)
		}
	}
	equalise(all)
	return all
}

// equalise makes the crash runs of all candidates as long as the longest of them: one that is over
// sooner has less time at rest for the bytes that the crash has cost.
func equalise(all []Candidate) {
	longest := scenarios.Span(0)
	for i := range all {
		longest = max(longest, all[i].duration)
	}
	for i := range all {
		all[i].duration = longest
	}
}

// apply makes the candidate's scenario, and reports whether it can be played.
func (c *Candidate) apply(s *scenarios.Scenario) bool {
	c.scenario = *s
	for _, assignment := range c.Settings {
		if c.scenario.Set(assignment) != nil {
			return false
		}
	}
	var err error
	if c.config, err = group.Config(&c.scenario); err != nil {
		return false
	}
	c.duration = max(s.Duration, c.due())
	crash, stall := c.Crash(), c.Stall(1)
	return stage.Validate(&crash) == nil && stage.Validate(&stall) == nil
}

// among reports whether one of the candidates has the same parameters.
func (c *Candidate) among(all []Candidate) bool {
	return slices.ContainsFunc(all, func(other Candidate) bool {
		return reflect.DeepEqual(c.config, other.config)
	})
}
