package group

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

// catalogued returns a scenario of the catalogue, with changes.
func catalogued(t testing.TB, name string, sets ...string) scenarios.Scenario {
	s, err := scenarios.Find(name)
	require.NoError(t, err)
	for _, set := range sets {
		require.NoError(t, s.Set(set))
	}
	require.NoError(t, s.Validate())
	return s
}

// small returns a scenario of the catalogue, cut down to what runs in milliseconds.
func small(t testing.TB, name string, sets ...string) scenarios.Scenario {
	return catalogued(t, name, append([]string{"servers=8"}, sets...)...)
}

// seedCount is how many seeds a test runs: few, or all of them with BUTTERFLY_FULL=1.
func seedCount(few, full uint64) uint64 {
	if os.Getenv("BUTTERFLY_FULL") == "1" {
		return full
	}
	return few
}
