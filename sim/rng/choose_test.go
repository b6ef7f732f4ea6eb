package rng_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/rng"
)

func TestChoosePicksDistinctIndices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rng.New(rapid.Uint64().Draw(t, "seed"))
		n := rapid.IntRange(-1, 40).Draw(t, "n")
		picks := make([]int, rapid.IntRange(0, 40).Draw(t, "picks"))
		count := r.Choose(n, picks)
		require.Equal(t, max(0, min(n, len(picks))), count)
		seen := make(map[int]bool)
		for _, p := range picks[:count] {
			require.True(t, 0 <= p && p < n, "%d of %d", p, n)
			require.False(t, seen[p], "%d picked twice", p)
			seen[p] = true
		}
	})
}

// "Every set of that size is equally likely": 20 sets of 3 out of 6, as bit sets.
func TestChooseReachesEverySetEquallyOften(t *testing.T) {
	r, bySet := rng.Stream(1, "choose", 0), make(map[uint]int)
	for range uniformSamples {
		var picks [3]int
		r.Choose(6, picks[:])
		bySet[1<<picks[0]|1<<picks[1]|1<<picks[2]]++
	}
	require.Len(t, bySet, 20)
	requireUniform(t, values(bySet))
}

func TestShuffleReachesEveryOrderEquallyOften(t *testing.T) {
	r, byOrder := rng.Stream(1, "shuffle", 0), make(map[[4]int]int)
	for range uniformSamples {
		order := [4]int{0, 1, 2, 3}
		r.Shuffle(4, func(i, j int) { order[i], order[j] = order[j], order[i] })
		byOrder[order]++
	}
	require.Len(t, byOrder, 24)
	requireUniform(t, values(byOrder))
}

func values[K comparable](counts map[K]int) (all []int) {
	for _, n := range counts {
		all = append(all, n)
	}
	return all
}

func TestShuffleOfOneOrNoneDrawsNothing(t *testing.T) {
	r := rng.New(1)
	untouched := r
	for n := range 2 {
		r.Shuffle(n, func(i, j int) { t.Fatalf("swapped %d and %d of %d", i, j, n) })
	}
	require.Equal(t, untouched, r)
}
