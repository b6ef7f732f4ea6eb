package scenarios

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func everyKind() Storm {
	return Storm{
		From: Span(10 * time.Second), To: Span(2 * time.Minute),
		Crashes: 2, Pauses: 1, Blocks: 1, Leaves: 1, Partitions: 2, Losses: 1, Bursts: 1,
		Duplications: 1, Reorderings: 1, Corruptions: 1, Outages: 2, Uplinks: 1, Sockets: 1,
		Registrations: 1, Unregistrations: 1,
		LinkStorm: LinkStorm{
			Slowdowns: 1, Clogs: 1, Limits: 1, MTUs: 1, NoDatagrams: 1, NoStreams: 1, Forgeries: 1,
		},
	}
}

// Whatever is chosen, it is what luck could have drawn.
func TestChosenFaultsAreThoseOfAStorm(t *testing.T) {
	storm, counts := everyKind(), map[FaultKind]int{}
	rapid.Check(t, func(t *rapid.T) {
		choose := func(what string, n int) int { return rapid.IntRange(0, n-1).Draw(t, what) }
		plan := Scenario{Servers: 6, Duration: Span(3 * time.Minute)}
		faults := storm.chosen(choose, plan.ledger(nil), 20)
		most := storm.counts()
		for i := range faults {
			f := &faults[i]
			require.NoError(t, f.Validate(6, 20, Span(3*time.Minute)))
			require.GreaterOrEqual(t, f.At, storm.From)
			require.LessOrEqual(t, f.End(), storm.To)
			require.True(t, WithinBudget(faults[:i+1], 6))
			most[f.Kind]--
			require.GreaterOrEqual(t, most[f.Kind], 0, "%s: more than asked for", f.Kind)
			counts[f.Kind]++
		}
		require.LessOrEqual(t, len(faults), 25)
	})
	require.Len(t, counts, len(StormKinds()), "100 plans have every kind")
}

func TestNothingIsChosen(t *testing.T) {
	storm := everyKind()
	s := Scenario{Servers: 6, Origins: 20, Storm: &storm, Faults: []Fault{{Kind: Crash}}}
	chosen := s.Chosen(1, func(string, int) int { return 0 })
	require.Nil(t, chosen.Storm)
	require.Equal(t, s.Faults, chosen.Faults, "those that no storm asks for stay")
	more := s.Chosen(1, func(_ string, n int) int { return n - 1 }).Faults
	require.Greater(t, len(more), 1)
	require.IsNonDecreasing(t, starts(more))
	s.Storm = nil
	require.Equal(t, s.Expand(1), s.Chosen(1, nil))
}

func starts(faults []Fault) (all []Span) {
	for i := range faults {
		all = append(all, faults[i].At)
	}
	return all
}
