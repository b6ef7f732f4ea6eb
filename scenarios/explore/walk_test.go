package explore_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/scenarios/explore"
)

func TestWalkFindsAndShortens(t *testing.T) {
	f := explore.Walk(puzzle(), 1, 60, 100)
	require.ErrorContains(t, f.Violation, "four gallons")
	require.LessOrEqual(t, len(f.Counterexample), len(f.Walked))
	require.Equal(t, f, explore.Walk(puzzle(), 1, 60, 100), "a function of the seed")
	require.Contains(t, f.String(), "fill the five")
}

func TestWalksThatFindNothing(t *testing.T) {
	f := explore.Walk(counting(inOrder), 1, 10, 1_000)
	require.Equal(t, explore.Found[int]{Walks: 1_000}, f)
	require.Equal(t, "1,000 random walks hold", f.String())
}

// What remains of any execution that violates Check violates it, and can spare none of its events.
// About one walk in forty measures four gallons.
func TestShortenedExecutionsSpareNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := explore.Walk(puzzle(), rapid.Uint64().Draw(t, "seed"), 200, 5_000)
		require.Error(t, f.Violation)
		for i := range f.Counterexample {
			spared := slices.Delete(slices.Clone(f.Counterexample), i, i+1)
			again, err := explore.Shorten(puzzle(), spared)
			require.NoError(t, err, "%v without event %d", f.Counterexample, i)
			require.Nil(t, again)
		}
	})
}

// Events that cannot happen any more once others are deleted are no shorter counterexample.
func TestShortenKeepsToWhatMayHappen(t *testing.T) {
	m := puzzle()
	all := m.Events
	m.Events = func(j jugs, events []string) []string {
		return slices.DeleteFunc(all(j, events), func(what string) bool { return m.Apply(j, what) == j })
	}
	f := explore.Walk(m, 1, 60, 100)
	at := m.Initial
	for _, what := range f.Counterexample {
		require.NotEqual(t, at, m.Apply(at, what))
		at = m.Apply(at, what)
	}
	require.Equal(t, 4, at.five)
}
