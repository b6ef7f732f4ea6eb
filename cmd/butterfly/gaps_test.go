package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

// "about once a second", in the words of the talk, and a time-out and jitter on top.
func TestGapsAreUsualUpToAFewSeconds(t *testing.T) {
	s, err := scenarios.Find("talk")
	require.NoError(t, err)
	usual := usualGap(&s)
	require.Greater(t, usual, 1500*time.Millisecond)
	require.Less(t, usual, 3*time.Second)
}

func TestOnlyAClusterHasGaps(t *testing.T) {
	for name, has := range map[string]bool{
		"talk": true, "planet": false, "swim-crash": false, "map-storm": false, "cap-available": false,
	} {
		s, err := scenarios.Find(name)
		require.NoError(t, err)
		require.Equal(t, has, newGaps(&s) != nil, name)
	}
}
