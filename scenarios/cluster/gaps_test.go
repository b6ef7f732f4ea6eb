package cluster

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
)

// "about once a second", in the words of the talk, and a time-out and jitter on top.
func TestGapsAreUsualUpToAFewSeconds(t *testing.T) {
	s := catalogued(t, "talk")
	usual := usualGap(definitions(&s))
	require.Greater(t, usual, 1500*time.Millisecond)
	require.Less(t, usual, 3*time.Second)
}

// "Gaps, when set, is told of the gaps": whoever asks gets them one by one, and a run has the same
// figures whether anybody asks or not.
func TestEveryRunMeasuresItsGaps(t *testing.T) {
	s := small(t, "calm", "servers=5", "origins=40", "duration=4m")
	s.Faults = []scenarios.Fault{{
		Kind: scenarios.Crash, At: scenarios.Span(30 * time.Second), Hosts: []node.ID{2},
	}}
	gaps := NewGaps(&s)
	asked := Build(s, 1, Options{Gaps: gaps}).Run()
	require.NotEmpty(t, gaps.Rows())
	require.Positive(t, asked.Metrics["gap_crash_count"])
	require.Equal(t, asked.Metrics, Build(s, 1, Options{}).Run().Metrics)
}

// Nobody checks what a crashed server did until others notice, and raft's smaller side never does.
func TestEveryRunMeasuresWhatNobodyChecks(t *testing.T) {
	unchecked := func(d scenarios.Design) float64 {
		s := catalogued(t, scenarios.Contest)
		s.Design = d
		return Build(s, 1, Options{}).Run().Metrics["unchecked_minority_seconds"]
	}
	ours := unchecked(scenarios.Ours)
	require.Positive(t, ours)
	require.Greater(t, unchecked(scenarios.Raft), 3*ours)
	require.Zero(t, unchecked(scenarios.Everyone))
}
