package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

func TestOnlyASingleClusterHasTakeovers(t *testing.T) {
	for name, has := range map[string]bool{
		"talk": true, "planet": false, "swim-crash": false, "map-storm": false, "cap-available": false,
	} {
		s, err := scenarios.Find(name)
		require.NoError(t, err)
		require.Equal(t, has, hasTakeovers(&s), name)
	}
}
