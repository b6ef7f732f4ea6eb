package sim

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/clock"
)

// The oracle itself is checked against sorting.
func TestHeapSorts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		instants := rapid.SliceOfN(rapid.Int64Range(0, 50), 0, 200).Draw(t, "instants")
		var h binaryHeap
		var want []event
		for i, at := range instants {
			e := event{at: clock.Time(at), seq: uint64(i + 1)}
			h.push(e)
			want = append(want, e)
		}
		odd := func(e *event) bool { return e.seq%2 == 1 }
		require.Equal(t, (len(want)+1)/2, h.sweep(odd))
		want = slices.DeleteFunc(want, func(e event) bool { return odd(&e) })
		slices.SortStableFunc(want, func(a, b event) int { return int(a.at - b.at) })
		for _, e := range want {
			require.Equal(t, e, *h.take(e.at))
		}
		require.Zero(t, h.len())
	})
}
