package origin_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/origin"
)

// "2 o" and "2 o + 1".
func TestKeysOfTheFirstAndTheLastOrigin(t *testing.T) {
	require.Equal(t, []uint32{0, 1}, []uint32{origin.Result(0), origin.Registration(0)})
	const last = origin.MaxOrigins - 1
	require.Equal(t, uint32(1<<32-2), origin.Result(last))
	require.Equal(t, uint32(1<<32-1), origin.Registration(last))
}

// "Every uint32 is the key of exactly one thing" (invariant 1).
func TestEveryKeyIsOfOneThing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.Uint32().Draw(t, "key")
		require.Less(t, origin.Of(key), uint32(origin.MaxOrigins))
		if origin.IsRegistration(key) {
			require.Equal(t, key, origin.Registration(origin.Of(key)))
		} else {
			require.Equal(t, key, origin.Result(origin.Of(key)))
		}
	})
}

func TestOriginsAreReadBackFromTheirKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := rapid.Uint32Range(0, origin.MaxOrigins-1).Draw(t, "origin")
		require.Equal(t, o, origin.Of(origin.Result(o)))
		require.Equal(t, o, origin.Of(origin.Registration(o)))
		require.False(t, origin.IsRegistration(origin.Result(o)))
		require.True(t, origin.IsRegistration(origin.Registration(o)))
	})
}
