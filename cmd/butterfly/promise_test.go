package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
)

// Every property that can be broken is among the promises that a green run lists.
func TestEveryPromiseIsListed(t *testing.T) {
	s, err := scenarios.Find(scenarios.Default)
	require.NoError(t, err)
	s = s.Expand(1)
	var listed []string
	for _, p := range promises(&s, nil) {
		listed = append(listed, p.property)
		require.NotContains(t, p.measured, "%!")
	}
	require.ElementsMatch(t, []string{
		checkers.PropertyCompleteness, checkers.PropertyAccuracy, checkers.PropertyOwnership,
		checkers.PropertyAtLeastOne, checkers.PropertyDuplicates, checkers.PropertyConvergence,
		checkers.PropertyStrong, checkers.PropertyHealth,
	}, listed)
}
