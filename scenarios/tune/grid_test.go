package tune

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

func TestTheGridHasEveryCombinationOnce(t *testing.T) {
	all := grid(&scenarios.Tuning{})
	want := 1
	for _, a := range axes(&scenarios.Tuning{}) {
		want *= len(a.values)
	}
	require.Len(t, all, want)
	slices.SortFunc(all, slices.Compare)
	require.Len(t, slices.CompactFunc(all, slices.Equal), want)
}

// A combination is grown in several directions: none may write into another's memory.
func TestCombinationsShareNothing(t *testing.T) {
	a := axis{"k", true, []string{"1", "3"}}
	grown := a.times([][]string{append(make([]string, 0, 9), "fanout=3")})
	require.Equal(t, [][]string{{"fanout=3", "k=1"}, {"fanout=3", "k=3"}}, grown)
}
