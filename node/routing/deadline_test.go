package routing

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/clock"
)

// What is left after any number of dismissals comes in the order of time, and at the same time in
// that of numbers.
func TestDeadlinesComeInOrder(t *testing.T) {
	// The last of the heap, 3, takes the place of 11 and is earlier than what is above it, 10.
	requireOrder(t, []int{0, 10, 1, 11, 12, 2, 3}, []int{3})
	rapid.Check(t, func(rt *rapid.T) {
		times := rapid.SliceOfN(rapid.IntRange(0, 30), 1, 60).Draw(rt, "times")
		dismissed := rapid.SliceOfN(rapid.IntRange(0, len(times)-1), 0, 30).Draw(rt, "dismissed")
		requireOrder(rt, times, dismissed)
	})
}

// requireOrder schedules origins in the order of their numbers, dismisses some, and compares the
// rest.
func requireOrder(t require.TestingT, times, dismissed []int) {
	table, want := waiting(len(times)), []deadline{}
	for origin, at := range times {
		table.schedule(uint32(origin), clock.Time(at))
		want = append(want, deadline{clock.Time(at), uint32(origin)})
	}
	for _, origin := range dismissed {
		table.dismiss(uint32(origin))
		want = slices.DeleteFunc(want, func(d deadline) bool { return d.origin == uint32(origin) })
	}
	requireHeap(t, table)
	slices.SortFunc(want, func(a, b deadline) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.origin, b.origin))
	})
	for _, d := range want {
		require.Equal(t, d, table.due[0])
		table.dismiss(d.origin)
	}
	require.Equal(t, clock.Never, table.Next())
}

// waiting returns a table of origins that wait.
func waiting(origins int) *Table {
	table := New(Config{}, origins)
	for i := range table.origins {
		table.waits.keep(&table.origins[i], true)
	}
	return table
}

// "Sets the deadline of an origin that waits, if it has none yet."
func TestDeadlineIsSetOnce(t *testing.T) {
	table := waiting(1)
	table.schedule(0, 5)
	table.schedule(0, 3)
	require.EqualValues(t, 5, table.Next())
	table.dismiss(0)
	table.dismiss(0)
	table.schedule(0, 7)
	require.EqualValues(t, 7, table.Next())
}
