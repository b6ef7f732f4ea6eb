package cluster

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

// small returns a scenario of the catalogue, cut down to what runs in milliseconds. Its storm shrinks
// with its duration.
func small(t testing.TB, name string, sets ...string) scenarios.Scenario {
	s := catalogued(t, name)
	for _, set := range append([]string{"servers=6", "origins=60", "duration=4m"}, sets...) {
		require.NoError(t, s.Set(set))
	}
	require.NoError(t, s.Validate())
	return s
}

func catalogued(t testing.TB, name string) scenarios.Scenario {
	for _, s := range scenarios.Clusters() {
		if s.Name == name {
			return s
		}
	}
	require.Fail(t, "there is no scenario "+name)
	return scenarios.Scenario{}
}
