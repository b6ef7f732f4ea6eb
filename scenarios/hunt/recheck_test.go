package hunt_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/hunt"
	"butterfly/sim/rng"
)

// Of 100,000 seeds 5 % are 5,000, with a standard deviation of 69: five of them are seen once in
// millions of choices, and the choice does not change.
func TestAShareOfTheSeedsIsRechecked(t *testing.T) {
	count := 0
	for seed := range uint64(100_000) {
		require.False(t, hunt.Rechecked(seed, 0))
		require.True(t, hunt.Rechecked(seed, rng.Always))
		if hunt.Rechecked(seed, rng.Percent(5)) {
			require.True(t, hunt.Rechecked(seed, rng.Percent(6)), "a larger share has the same seeds")
			count++
		}
	}
	require.InDelta(t, 5000, count, 5*69)
}
