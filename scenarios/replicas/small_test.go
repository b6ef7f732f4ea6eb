package replicas

import (
	"fmt"
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

// small returns a scenario of the catalogue, cut down to what runs in milliseconds: with a
// twentieth of its writes, unless it has few, and of its restarts.
func small(t testing.TB, name string, sets ...string) scenarios.Scenario {
	s := catalogued(t, name)
	smaller := []string{
		"servers=8", "keys=100", fmt.Sprint("writes=", (s.Replicas.Writes+19)/20),
	}
	if name == "map-restarts" {
		smaller = append(smaller, "duration=110m", "crashes=150")
	}
	return catalogued(t, name, append(smaller, sets...)...)
}

// seedCount is how many seeds a test runs: few, or all of them with BUTTERFLY_FULL=1.
func seedCount(few, full uint64) uint64 {
	if os.Getenv("BUTTERFLY_FULL") == "1" {
		return full
	}
	return few
}

// brief is [small] with a run of five minutes: most of what happens, and not enough to be judged.
func brief(t testing.TB, name string, sets ...string) scenarios.Scenario {
	return small(t, name, append([]string{"duration=5m"}, sets...)...)
}
