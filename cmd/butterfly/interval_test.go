package main

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Newcombe, Statistics in Medicine 17 (1998), table I, method 3, 95 %: of 263, 81; of 148, 15; of
// 20, none; of 29, one.
func TestWilsonIsAsPublished(t *testing.T) {
	for _, c := range []struct{ hits, trials, low, high float64 }{
		{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605},
		{0, 20, 0.0000, 0.1611}, {1, 29, 0.0061, 0.1718},
	} {
		low, high := wilson(c.hits, c.trials, z95)
		require.InDelta(t, c.low, low, 0.00005)
		require.InDelta(t, c.high, high, 0.00005)
	}
}

func TestWilsonHoldsTheShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trials := rapid.IntRange(1, 1_000_000).Draw(t, "trials")
		hits := rapid.IntRange(0, trials).Draw(t, "hits")
		share := float64(hits) / float64(trials)
		low, high := wilson(float64(hits), float64(trials), z99)
		require.True(t, 0 <= low && low <= share && share <= high && high <= 1)
		require.Less(t, low, high)
		inner, outer := wilson(float64(hits), float64(trials), z95)
		require.True(t, low <= inner && outer <= high, "99 %% is wider than 95 %%")
	})
}
