package explore_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/scenarios/explore"
)

// A key is a function of the facts and how often each holds, not of their order.
func TestKeyIsOfAMultiset(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts := rapid.SliceOfN(rapid.Uint64(), 1, 8).Draw(t, "facts")
		split := rapid.IntRange(0, len(facts)).Draw(t, "split")
		key := keyOf(facts)
		require.Equal(t, key, keyOf(facts[split:]).Plus(keyOf(facts[:split])))
		require.Equal(t, key, keyOf(rapid.Permutation(facts).Draw(t, "order")))
		require.NotEqual(t, key, key.With(facts[0]))
		require.NotEqual(t, key, keyOf(facts[1:]).With(facts[0]+1))
	})
}

func keyOf(facts []uint64) (key explore.Key) {
	for _, fact := range facts {
		key = key.With(fact)
	}
	return key
}

func TestKeysAreOrdered(t *testing.T) {
	a, b := keyOf([]uint64{1}), keyOf([]uint64{2})
	require.NotEqual(t, a.Less(b), b.Less(a))
	require.False(t, a.Less(a))
	require.True(t, explore.Key{1, 1}.Less(explore.Key{1, 2}))
}
