package main

import (
	"fmt"
	"strings"

	"butterfly/scenarios"
	"butterfly/scenarios/stage"
)

// chooseNamed is the scenario of a name with settings.
func chooseNamed(name string, settings []string) (choice, error) {
	scenario, err := scenarios.Find(name)
	if err != nil {
		return choice{}, err
	}
	return choice{scenario: scenario}.with(settings...)
}

// with is the choice with further settings.
func (c choice) with(settings ...string) (choice, error) {
	for _, assignment := range settings {
		if err := c.scenario.Set(assignment); err != nil {
			return choice{}, err
		}
	}
	if err := stage.Validate(&c.scenario); err != nil {
		return choice{}, fmt.Errorf("scenario %s: %w", c.scenario.Name, err)
	}
	c.settings = append(c.settings[:len(c.settings):len(c.settings)], settings...)
	return c, nil
}

// name is the scenario with what was set in it.
func (c choice) name() string {
	return strings.Join(append([]string{c.scenario.Name}, c.settings...), ", ")
}
