package search

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

func broke(property string) *world.Result {
	return &world.Result{Violations: []checkers.Violation{{Property: property}}}
}

// "A failure, a new `sometimes`, a new kind of bite or a new coverage cell": each is worth something once,
// but for failures, which are worth the less the more often they occurred.
func TestWhatARunIsWorth(t *testing.T) {
	n := newNews()
	require.Zero(t, n.worth(&world.Result{}))
	require.EqualValues(t, 1000, n.worth(broke("p")))
	require.EqualValues(t, 984, n.worth(broke("p")))
	for range 62 {
		n.worth(broke("p"))
	}
	require.EqualValues(t, 500, n.worth(broke("p")), "half, after 64 times")
	require.EqualValues(t, 1000, n.worth(broke("q")), "another promise")
	require.EqualValues(t, 1000, n.worth(nil), "a panic")
	require.EqualValues(t, 984, n.worth(nil))
	for _, c := range []struct {
		worth  uint64
		result world.Result
	}{
		{500, world.Result{Sometimes: []world.Situation{{Name: "s", Count: 1}, {Name: "never"}}}},
		{250, world.Result{Faults: []world.FaultReport{{Kind: scenarios.Loss, Effect: "bit"}, {Kind: scenarios.Crash}}}},
		{100, world.Result{Coverage: []world.CoverageCell{{Event: "a", Count: 1}, {Event: "b", Count: 1}}}},
	} {
		require.Equal(t, c.worth, n.worth(&c.result))
		require.Zero(t, n.worth(&c.result), "it is known now")
	}
}

// A pair that finds ten times as much as others weighs much more, and comes up as often as it weighs.
func TestPairsThatFindWeighMore(t *testing.T) {
	w := newWeights(4)
	even := w.of[1]
	for range 100 {
		w.note(0b0011, 500) // 0 and 1 together
		w.note(0b0101, 50)
		w.note(0b1000, 50)
	}
	w.settle()
	require.Greater(t, w.of[0*4+1], 8*even)
	require.Less(t, w.of[0*4+2], even)
	require.NotZero(t, w.of[3*4+3], "what finds little still comes up")
	require.Zero(t, w.of[1*4+0], "a pair is counted once")
	require.Equal(t, even, w.of[1*4+2], "of what was not tried nothing is known")
}
