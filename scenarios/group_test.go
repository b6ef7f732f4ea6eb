package scenarios_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

func TestInvalidGroupsNameTheField(t *testing.T) {
	for message, change := range map[string]func(s *scenarios.Scenario){
		"origins: 5, expected none in a group": func(s *scenarios.Scenario) { s.Origins = 5 },
		`merge: "siblings", expected none in a group`: func(s *scenarios.Scenario) {
			s.Merge = scenarios.Siblings
		},
		"storm: expected none in a group": func(s *scenarios.Scenario) {
			s.Storm = &scenarios.Storm{}
		},
		`group.preset: "", expected one of [lan wan local swim classic basic]`: func(
			s *scenarios.Scenario,
		) {
			s.Group.Preset = ""
		},
		`group.rules: "ours", expected one of [butterfly memberlist]`: func(s *scenarios.Scenario) {
			s.Group.Rules = "ours"
		},
		`group.lifeguard: "half", expected one of [off probe suspicion full]`: func(
			s *scenarios.Scenario,
		) {
			s.Group.Lifeguard = "half"
		},
		"group.join_every: -1ns, expected 0 to the duration 2m0s": func(s *scenarios.Scenario) {
			s.Group.JoinEvery = -1
		},
		"group.update_at: 2m0.000000001s, expected 0 to the duration 2m0s": func(
			s *scenarios.Scenario,
		) {
			s.Group.UpdateAt = s.Duration + 1
		},
		"group.update_at: 1s, expected none in a group whose servers join": func(
			s *scenarios.Scenario,
		) {
			s.Group.UpdateAt, s.Group.JoinEvery = seconds(1), seconds(1)
		},
		"faults[0].origins: origin 0 does not exist, there are 0": func(s *scenarios.Scenario) {
			s.Faults = []scenarios.Fault{
				{Kind: scenarios.OriginDown, For: seconds(1), Origins: []uint32{0}},
			}
		},
	} {
		s, err := scenarios.Find("swim-crash")
		require.NoError(t, err)
		change(&s)
		require.EqualError(t, s.Validate(), message)
	}
}
