package hunt_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/scenarios/hunt"
)

// The parts of a plan have its seeds in its order, and all but the last are full.
func TestPartsAreThePlanInPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := hunt.Seed(rapid.Uint64Range(0, math.MaxUint64-200).Draw(t, "first"))
		plan := hunt.Plan{First: first, Last: first + hunt.Seed(rapid.IntRange(0, 200).Draw(t, "span"))}
		if plan.Shards = rapid.Uint64Range(0, 5).Draw(t, "shards"); plan.Shards > 0 {
			plan.Shard = rapid.Uint64Range(1, plan.Shards).Draw(t, "shard")
		}
		if plan.Count() == 0 {
			return
		}
		size := rapid.Uint64Range(1, 50).Draw(t, "size")
		var seeds []uint64
		short := 0
		for part := range plan.Parts(size) {
			require.NoError(t, part.Validate())
			seeds = append(seeds, slices.Collect(part.Seeds())...)
			if part.Count() < size {
				short++
			}
		}
		require.Equal(t, slices.Collect(plan.Seeds()), seeds)
		require.LessOrEqual(t, short, 1)
	})
}

func TestPartsStopWhenNobodyWantsMore(t *testing.T) {
	for range (hunt.Plan{First: 1, Last: 100}).Parts(10) {
		return
	}
}
