package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/stage"
)

// A report of the map alone shows every figure there is, and every promise that was kept.
func TestARunOfTheMapAloneShowsItsFigures(t *testing.T) {
	s, err := scenarios.Find("map-storm")
	require.NoError(t, err)
	require.NoError(t, s.Set("servers=6"))
	require.NoError(t, s.Set("keys=30"))
	s = s.Expand(1)
	p := &played{scenario: s, observed: observed{result: stage.Build(s, 1, stage.Options{}).Run()}}
	report := &sheet{}
	report.headline(p)
	report.body(p)
	text := report.String()
	require.Contains(t, text, "map-storm, seed 0x0000000000000001: every promise held through ")
	require.Contains(t, text, "6 servers, 30 keys, ")
	for _, f := range mapFigures {
		require.Contains(t, text, f.means)
		require.Contains(t, p.result.Metrics, f.metric)
	}
	for _, kept := range mapPromises(&s) {
		require.Contains(t, text, kept.property)
		require.Contains(t, text, kept.measured)
	}
}
