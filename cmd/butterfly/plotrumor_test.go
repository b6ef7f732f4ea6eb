package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/plots"
)

func TestTheBestRumorIsTheOneThatMissesTheFewestForTheLeast(t *testing.T) {
	rows := []plots.RumorRow{
		{Variant: "push-blind-coin", K: 5, Residue: 0.0071, Traffic: 4.961},
		{Variant: "push-feedback-counter", K: 4, Residue: 0.0035, Traffic: 5.64},
		{Variant: "pull-feedback-counter", K: 4, Traffic: 7.7},
		{Variant: "pull-feedback-counter", K: 3, Traffic: 6.09},
	}
	require.Equal(t, "pull-feedback-counter with k = 3 missed nobody, for 6.09 messages a site",
		rumorFinding(rows))
	require.Equal(t, "push-feedback-counter with k = 4 missed 0.35 % of them, "+
		"for 5.64 messages a site", rumorFinding(rows[:2]))
}
