package scenarios_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

func TestInvalidReplicasNameTheField(t *testing.T) {
	type change = func(s *scenarios.Scenario)
	for message, change := range map[string]change{
		"origins: 5, expected none in replicas": func(s *scenarios.Scenario) { s.Origins = 5 },
		`merge: "siblings", expected none in replicas`: func(s *scenarios.Scenario) {
			s.Merge = scenarios.Siblings
		},
		"group, replicas, cap: expected one of them at most": func(s *scenarios.Scenario) {
			s.Group = &scenarios.Group{}
		},
		"trial: only a group goes through one": func(s *scenarios.Scenario) {
			s.Trial = &scenarios.Trial{}
		},
		"storm.outages: 1, expected none in replicas": func(s *scenarios.Scenario) {
			s.Storm.Outages = 1
		},
		"storm.flaps: 2, expected none in replicas": func(s *scenarios.Scenario) {
			s.Storm.Flaps = 2
		},
		"storm.registrations: 3, expected none in replicas": func(s *scenarios.Scenario) {
			s.Storm.Registrations = 3
		},
		"servers x keys: 20000000, expected at most 10000000": func(s *scenarios.Scenario) {
			s.Servers, s.Replicas.Keys = 200, 100_000
		},
		"replicas.keys: 0, expected 1 to 1000000": func(s *scenarios.Scenario) {
			s.Replicas.Keys = 0
		},
		"replicas.writes: -1, expected 0 to 100000": func(s *scenarios.Scenario) {
			s.Replicas.Writes = -1
		},
		"replicas.removals_ppm: 1000001, expected 0 to 1000000": func(s *scenarios.Scenario) {
			s.Replicas.RemovalsPPM = 1_000_001
		},
		`replicas.mode: "pul", expected one of [pull push push-pull]`: func(s *scenarios.Scenario) {
			s.Replicas.Mode = "pul"
		},
		"replicas.fanout: 0, expected 1 to 255": func(s *scenarios.Scenario) {
			s.Replicas.Fanout = 0
		},
		"replicas.period: 9ms, expected 10ms to 1h0m0s": func(s *scenarios.Scenario) {
			s.Replicas.Period = seconds(9) / 1000
		},
		`replicas.timer: "phased", expected one of [periodic sync poisson]`: func(
			s *scenarios.Scenario,
		) {
			s.Replicas.Timer = "phased"
		},
		"replicas.jitter: 2s, expected 0 to the period 1s": func(s *scenarios.Scenario) {
			s.Replicas.Jitter = seconds(2)
		},
		"replicas.jitter: 1s, expected none where rounds begin at random": func(
			s *scenarios.Scenario,
		) {
			s.Replicas.Timer, s.Replicas.Jitter = scenarios.Poisson, seconds(1)
		},
		"replicas.limit: -1, expected 0 to 1000000": func(s *scenarios.Scenario) {
			s.Replicas.Limit = -1
		},
	} {
		s, err := scenarios.Find("map-storm")
		require.NoError(t, err)
		change(&s)
		require.EqualError(t, s.Validate(), message)
	}
}
