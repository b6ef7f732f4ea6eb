package file

import (
	"strings"

	"butterfly/scenarios"
	"butterfly/scenarios/stage"
	"butterfly/sim/strict"
)

// Limits on files.
const (
	// MaxBytes is how large a file may be.
	MaxBytes = 1 << 20
	// MaxTargets is how many hosts and origins all faults of a file may strike together, each counted
	// as often as it is struck: a range of a million is short to write.
	MaxTargets = 1_000_000
	// maxText is how many characters a line about the scenario may have.
	maxText = 200
)

// Parse reads a scenario. The name is that of the file, for the error, which is an [*Error].
func Parse(name string, text []byte) (scenarios.Scenario, error) {
	s, problem := parse(name, text)
	if problem != nil {
		return scenarios.Scenario{}, problem
	}
	return s, nil
}

func parse(name string, text []byte) (s scenarios.Scenario, problem *Error) {
	yaml, problem := strict.Parse(name, text, yamlLimits())
	if problem != nil {
		return s, problem
	}
	r := &reader{
		Document: yaml, places: map[string]strict.Place{},
		phased: strict.HasKey(yaml.Root(), "phases"),
	}
	var d document
	if problem := readMapping(r, "", yaml.Root(), scenarioFields(), &d); problem != nil {
		return s, problem
	}
	if s = d.Scenario; d.phases != nil {
		d.phases.apply(&s)
		r.places["duration"] = r.places["phases"]
	}
	if isCluster(&s) && s.Merge == "" {
		s.Merge = scenarios.Siblings
	}
	if err := stage.Validate(&s); err != nil {
		return s, r.invalid(err)
	}
	return s, nil
}

func isCluster(s *scenarios.Scenario) bool {
	return s.Group == nil && s.Replicas == nil && s.Cap == nil
}

// Print writes a valid scenario as [Parse] reads it. Only one with thousands of faults, such as an
// expanded storm can be, may come out larger than [MaxBytes] or strike more than [MaxTargets].
func Print(s *scenarios.Scenario) []byte {
	w := &writer{}
	writeMapping(w, scenarioFields(), &document{Scenario: *s})
	return []byte(w.String())
}

// asWritten turns the names of a scenario's fields in a complaint into the keys of files.
func asWritten(complaint string) string {
	return strings.NewReplacer("removals_ppm", "removals", "loss_ppm", "loss", "share_ppm", "share",
		"buy_ppm", "buys").
		Replace(complaint)
}
