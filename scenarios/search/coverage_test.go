package search_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/search"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

func cell(fault scenarios.FaultKind, event string, count uint64) world.CoverageCell {
	return world.CoverageCell{Fault: fault, Event: event, Count: count}
}

func TestCoverageSumsUp(t *testing.T) {
	var c search.Coverage
	require.Zero(t, c.Sets())
	calm := []world.CoverageCell{cell("", "ready", 5)}
	crash := []world.CoverageCell{cell("", "ready", 1), cell(scenarios.Crash, "member-dead", 2)}
	require.Equal(t, 1, c.Add(calm))
	require.Equal(t, 1, c.Add(crash))
	require.Equal(t, 0, c.Add([]world.CoverageCell{cell("", "ready", 9)}))
	require.Equal(t, []world.CoverageCell{
		cell("", "ready", 15), cell(scenarios.Crash, "member-dead", 2),
	}, c.Cells())
	require.Equal(t, 2, c.Sets(), "counts make no other set")
	require.Equal(t, []search.CoverageRow{
		{Fault: "", Seen: 1, Missing: []string{"member-dead"}},
		{Fault: scenarios.Crash, Seen: 1, Missing: []string{"ready"}},
	}, c.Rows())
}

// "Was a refutation ever delivered during a one-way partition?"
func TestCoverageAnswersQuestions(t *testing.T) {
	base := find(t, "partition", "servers=5", "origins=30")
	s := strategy(t, search.Random, base)
	var c search.Coverage
	for seed := range uint64(12) {
		c.Add(stage.Build(s.Plan(seed), seed, stage.Options{Coverage: true}).Run().Coverage)
	}
	seen := map[scenarios.FaultKind]map[string]bool{}
	for _, cell := range c.Cells() {
		if seen[cell.Fault] == nil {
			seen[cell.Fault] = map[string]bool{}
		}
		seen[cell.Fault][cell.Event] = true
	}
	require.True(t, seen[world.OneWay]["refuted"])
	require.True(t, seen[scenarios.OriginDown]["check-began"])
	require.Empty(t, seen[scenarios.Crash], "there is none in this scenario")
}
