package hunt_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/scenarios/hunt"
)

func TestAPlanYieldsItsSeedsInOrder(t *testing.T) {
	for _, c := range []struct {
		plan hunt.Plan
		want []uint64
	}{
		{hunt.Plan{First: 3, Last: 6}, []uint64{3, 4, 5, 6}},
		{hunt.Plan{First: 3, Last: 3}, []uint64{3}},
		{hunt.Plan{First: 1, Last: 10, Shard: 1, Shards: 4}, []uint64{1, 5, 9}},
		{hunt.Plan{First: 1, Last: 10, Shard: 4, Shards: 4}, []uint64{4, 8}},
		{
			hunt.Plan{First: math.MaxUint64 - 1, Last: math.MaxUint64},
			[]uint64{math.MaxUint64 - 1, math.MaxUint64},
		},
	} {
		require.NoError(t, c.plan.Validate())
		require.Equal(t, c.want, slices.Collect(c.plan.Seeds()))
		require.Equal(t, uint64(len(c.want)), c.plan.Count())
		for i, seed := range c.want {
			require.Equal(t, hunt.Seed(seed), c.plan.Nth(uint64(i)))
		}
	}
}

// The shards of a range have no seed in common, and together all of them.
func TestShardsPartitionTheRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := hunt.Seed(rapid.Uint64Range(0, math.MaxUint64-200).Draw(t, "first"))
		whole := hunt.Plan{First: first, Last: first + hunt.Seed(rapid.IntRange(0, 200).Draw(t, "span"))}
		shards := rapid.Uint64Range(1, 20).Draw(t, "shards")
		var together []uint64
		for shard := uint64(1); shard <= shards; shard++ {
			part := hunt.Plan{First: whole.First, Last: whole.Last, Shard: shard, Shards: shards}
			seeds := slices.Collect(part.Seeds())
			require.Equal(t, part.Count(), uint64(len(seeds)))
			together = append(together, seeds...)
		}
		slices.Sort(together)
		require.Equal(t, slices.Collect(whole.Seeds()), together)
	})
}

func TestPlansThatCannotBeMeantAreRefused(t *testing.T) {
	for want, plan := range map[string]hunt.Plan{
		"the first is above the last": {First: 2, Last: 1},
		"more than":                   {First: 0, Last: math.MaxUint64},
		"shard 3 of 2":                {First: 1, Last: 9, Shard: 3, Shards: 2},
		"shard 0 of 2":                {First: 1, Last: 9, Shards: 2},
		"has no seed to run":          {First: 1, Last: 2, Shard: 3, Shards: 3},
	} {
		require.ErrorContains(t, plan.Validate(), want)
	}
}

func TestRangesAreParsed(t *testing.T) {
	for text, want := range map[string][2]hunt.Seed{
		"5": {5, 5}, "1-100": {1, 100}, "0x10-0x1F": {16, 31},
	} {
		first, last, err := hunt.ParseRange(text)
		require.NoError(t, err)
		require.Equal(t, want, [2]hunt.Seed{first, last})
	}
	for _, text := range []string{"", "-", "1-", "-1", "1-2-3", "a-b"} {
		_, _, err := hunt.ParseRange(text)
		require.ErrorContains(t, err, "is no seed", text)
	}
}

func TestShardsAreParsed(t *testing.T) {
	shard, shards, err := hunt.ParseShard("2/8")
	require.NoError(t, err)
	require.Equal(t, [2]uint64{2, 8}, [2]uint64{shard, shards})
	for _, text := range []string{"", "1", "0/4", "5/4", "1/0", "a/b", "1/2/3", "-1/2"} {
		_, _, err := hunt.ParseShard(text)
		require.ErrorContains(t, err, "is no shard", text)
	}
}
