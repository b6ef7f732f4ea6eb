package main

import (
	"fmt"
	"strings"

	"butterfly/scenarios"
	"butterfly/scenarios/file"
	"butterfly/scenarios/stage"
)

// chooseNamed is the scenario of a name, or in a file, with settings.
func chooseNamed(name string, settings []string) (choice, error) {
	scenario, err := findScenario(name)
	if err != nil {
		return choice{}, err
	}
	c := choice{scenario: scenario, named: name}
	if _, err := scenarios.Find(name); err != nil {
		c.text = string(file.Print(&scenario))
	}
	return c.with(settings...)
}

// with is the choice with further settings.
func (c choice) with(settings ...string) (choice, error) {
	for _, assignment := range settings {
		if err := c.scenario.Set(assignment); err != nil {
			return choice{}, err
		}
	}
	if err := stage.Validate(&c.scenario); err != nil {
		return choice{}, fmt.Errorf("scenario %s: %s", c.scenario.Name, asTyped(err))
	}
	c.settings = append(c.settings[:len(c.settings):len(c.settings)], settings...)
	return c, nil
}

// asTyped is what is wrong with a scenario, with the parameters of SWIM by the names of the
// settings.
func asTyped(err error) string {
	return strings.NewReplacer(
		"swim: ", "", "ProbeInterval", "probe_interval", "ProbeTimeout", "probe_timeout",
		"IndirectProbes", "k", "SuspicionMult", "suspicion_mult",
		"RetransmitMult", "retransmit_mult", "GossipInterval", "gossip_interval",
		"GossipNodes", "fanout",
	).Replace(err.Error())
}

// name is the scenario with what was set in it.
func (c choice) name() string {
	return strings.Join(append([]string{c.scenario.Name}, c.settings...), ", ")
}
