package scenarios_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// "The share of the servers that are so from the start, those of the highest numbers, rounded down."
func TestTheOthersAreTheServersOfTheHighestNumbers(t *testing.T) {
	var none *scenarios.Other
	require.False(t, none.Has(0, 1))
	for share, first := range map[int]int{0: 12, 8: 12, 9: 11, 34: 8, 50: 6, 100: 0} {
		other := scenarios.Other{SharePPM: rng.Percent(share)}
		for host := range 12 {
			require.Equal(t, host >= first, other.Has(node.ID(host), 12), "%d %%, server %d", share, host)
		}
	}
}

func TestAnotherConfigurationIsRefusedWhereItMakesNoSense(t *testing.T) {
	for message, change := range map[string]func(s *scenarios.Scenario){
		"other.share_ppm: 1000001, expected 0 to 1000000": func(s *scenarios.Scenario) {
			s.Other = &scenarios.Other{SharePPM: rng.Always + 1}
		},
		"other.pull_period: 0s, expected 1ms to 1h0m0s": func(s *scenarios.Scenario) {
			s.Other = &scenarios.Other{PullPeriod: new(scenarios.Span)}
		},
		"other: expected none with the design raft": func(s *scenarios.Scenario) {
			s.Other, s.Design = &scenarios.Other{}, scenarios.Raft
		},
		"storm.upgrades: 3, expected none without other": func(s *scenarios.Scenario) {
			s.Storm.Upgrades = 3
		},
		"faults[0].kind: upgrade expects other to say to what": func(s *scenarios.Scenario) {
			s.Faults = []scenarios.Fault{{
				Kind: scenarios.Upgrade, At: seconds(10), For: seconds(10), Hosts: hosts(0),
			}}
		},
	} {
		s, err := scenarios.Find("storm")
		require.NoError(t, err)
		change(&s)
		require.EqualError(t, s.Validate(), message)
	}
}

// "They and the rest refuse each other's messages" is a matter of what is incompatible only, and of there
// being others at all.
func TestOnlyIncompatibleServersAreApart(t *testing.T) {
	var none *scenarios.Other
	require.False(t, none.Apart())
	require.Equal(t, node.ID(12), none.First(12))
	require.False(t, (&scenarios.Other{SharePPM: rng.Always}).Apart())
	other := scenarios.Other{SharePPM: rng.Percent(34), Incompatible: true}
	require.True(t, other.Apart())
	require.Equal(t, node.ID(8), other.First(12))
}
