package station

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/node/origin"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

func newRegistry() *Registry {
	s := New(configOf(3, 8), rng.New(1))
	s.Start(0)
	return NewRegistry(s)
}

func TestAnOperatorsWordReachesTheStation(t *testing.T) {
	r := newRegistry()
	require.True(t, r.Told(clock.At(3*time.Second), 1, 6, origin.By(1)))
	require.True(t, r.station.Known(6))
	latest, found := r.Of(6)
	require.True(t, found)
	require.Equal(t, Registration{Origin: 6, Value: origin.By(1), AtMillis: 3000, By: 1}, latest)
	require.True(t, r.Told(clock.At(4*time.Second), 1, 6, origin.Removed))
	require.False(t, r.station.Known(6))
	require.Len(t, r.All(), 1)
	require.False(t, r.Told(0, 1, 8, origin.By(0)), "there cannot be such an origin")
	_, found = r.Of(8)
	require.False(t, found)
}

// "The operator knows better than any clock what is the latest": another server's was ahead.
func TestAnOperatorOverrulesAClock(t *testing.T) {
	r := newRegistry()
	require.True(t, r.Hear(0, &Registration{Origin: 6, Value: origin.By(0), AtMillis: 9000, By: 2}))
	require.True(t, r.Told(clock.At(time.Second), 1, 6, origin.Removed))
	require.False(t, r.station.Known(6))
	latest, _ := r.Of(6)
	require.EqualValues(t, 9001, latest.AtMillis)
}

// Whoever has heard the same, in whatever order and however often, knows the same.
func TestRegistriesAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		said := make([]Registration, rapid.IntRange(1, 12).Draw(t, "said"))
		for i := range said {
			said[i] = Registration{
				Origin:   uint32(rapid.IntRange(0, 3).Draw(t, "origin")),
				Value:    origin.Value(i % 3),
				AtMillis: uint64(rapid.IntRange(0, 3).Draw(t, "at")),
				By:       node.ID(i), // one server does not say two things at one time
			}
		}
		again := rapid.Permutation(append(said, said...)).Draw(t, "again")
		one, other := newRegistry(), newRegistry()
		for i := range said {
			one.Hear(0, &said[i])
		}
		for i := range again {
			other.Hear(0, &again[i])
		}
		require.ElementsMatch(t, one.All(), other.All())
		require.Equal(t, one.station.Digest(), other.station.Digest())
	})
}
