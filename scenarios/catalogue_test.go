package scenarios_test

import (
	"fmt"
	"slices"
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

// "The catalogue (at least 40 scenarios)".
func TestTheCatalogueIsLarge(t *testing.T) {
	require.GreaterOrEqual(t, len(scenarios.Catalogue()), 40)
}

// Whatever a storm asks for is drawn with some seed, for all that the budget leaves out; that what is
// drawn has an effect is for the packages to show that run it (TestFaultsBite). A part that is drawn
// with one seed in ten would be missed by all 100 once in 37,000 times.
func TestWhateverTheCatalogueAsksForHappens(t *testing.T) {
	for _, s := range scenarios.Catalogue() {
		if s.Storm == nil {
			continue
		}
		for _, part := range s.Storm.Parts() {
			require.True(t, happens(s, part), "%s: no %s", s.Name, part)
		}
	}
}

// happens reports whether a part of a storm makes a difference to some plan.
func happens(s scenarios.Scenario, part string) bool {
	s.Datacenters = 0 // each of many goes through a storm of its own
	without := s
	without.Storm = s.Storm.Without(part)
	for seed := range uint64(100) {
		if !slices.EqualFunc(s.Expand(seed).Faults, without.Expand(seed).Faults, same) {
			return true
		}
	}
	return false
}

func same(a, b scenarios.Fault) bool { return a.String() == b.String() }

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
