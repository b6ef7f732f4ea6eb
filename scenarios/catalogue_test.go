package scenarios_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

func TestTheCatalogueIsInOrder(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range scenarios.Catalogue() {
		require.NoError(t, s.Validate(), s.Name)
		require.False(t, seen[s.Name], "two scenarios are called %s", s.Name)
		require.NotEmpty(t, s.About, s.Name)
		require.NotEmpty(t, s.Proves, s.Name)
		seen[s.Name] = true
	}
	require.Equal(t, scenarios.Default, scenarios.Catalogue()[0].Name)
}

// Every seed, and every size down to the smallest with as many servers as are to be slow.
func TestTheCatalogueIsValidWhateverTheSeedAndTheSize(t *testing.T) {
	for _, s := range scenarios.Catalogue() {
		for servers := 4; servers <= 12; servers++ {
			require.NoError(t, s.Set(fmt.Sprintf("servers=%d", servers)))
			for seed := range uint64(20) {
				expanded := s.Expand(seed)
				require.NoError(t, expanded.Validate(), "%s, seed %d", s.Name, seed)
				if s.Datacenters == 0 && (s.Storm != nil || s.Trial != nil) {
					require.NotEmpty(t, expanded.Faults, "%s, seed %d", s.Name, seed)
				}
			}
		}
	}
}

// "Each call returns values of its own."
func TestTheCatalogueIsTheCallersOwn(t *testing.T) {
	scenarios.Catalogue()[0].Storm.Crashes = 999
	require.NotEqual(t, 999, scenarios.Catalogue()[0].Storm.Crashes)
}
