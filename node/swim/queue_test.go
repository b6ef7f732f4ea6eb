package swim

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// checkQueue checks that the heap is one, and that places and heap agree.
func checkQueue(t failer, q *queue) {
	queued := 0
	for _, place := range q.place {
		if place != 0 {
			queued++
		}
	}
	if queued != len(q.heap) {
		t.Fatalf("%d places for %d items", queued, len(q.heap))
	}
	for i, n := range q.heap {
		if q.place[n.member] != int32(i)+1 {
			t.Fatalf("item %d is not in its place", i)
		}
		if i > 0 && n.before(q.heap[(i-1)/2]) {
			t.Fatalf("item %d comes before its parent", i)
		}
	}
}

func members(taken []news) []node.ID {
	var ids []node.ID
	for _, n := range taken {
		ids = append(ids, n.member)
	}
	return ids
}

// SWIM, section 4.1: "the ones that have been gossiped fewer times are preferred".
func TestQueueTakesTheLeastSentFirst(t *testing.T) {
	var q queue
	q.put(1)
	q.put(2)
	require.Equal(t, []node.ID{2, 1}, members(q.take(8, 3)), "among equals the youngest first")
	q.put(3)
	require.Equal(t, []node.ID{3}, members(q.take(1, 3)))
	require.Equal(t, []node.ID{3, 2}, members(q.take(2, 3)), "each sent once so far")
}

// SWIM, section 4.1: each update is piggybacked "at most lambda log n times".
func TestQueueSendsEachUpdateLimitTimes(t *testing.T) {
	const limit, items = 5, 20
	var q queue
	for id := range node.ID(items) {
		q.put(id)
	}
	sends := make(map[node.ID]int)
	for range items * limit {
		for _, n := range q.take(3, limit) {
			sends[n.member]++
		}
	}
	require.Len(t, sends, items)
	for id, n := range sends {
		require.Equal(t, limit, n, "member %d", id)
	}
	require.Empty(t, q.heap)
}

// memberlist loses a queued broadcast when its queue runs empty in between, because its numbering
// then begins again and two items compare equal. Here the numbering never begins again.
func TestQueueNumbersAreNeverReused(t *testing.T) {
	var q queue
	q.put(1)
	require.Len(t, q.take(1, 2), 1)
	q.put(2)
	require.Equal(t, []node.ID{2, 1}, members(q.take(2, 2)))
	require.Equal(t, []node.ID{2}, members(q.take(2, 2)))
}

// The queue against a sorted list.
func TestQueueAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := rapid.SliceOfN(rapid.IntRange(-30, 40), 1, 200).Draw(t, "plan")
		var q queue
		var model []news
		births := uint64(0)
		forget := func(id node.ID) {
			model = slices.DeleteFunc(model, func(n news) bool { return n.member == id })
		}
		for _, step := range plan {
			switch {
			case step < -20: // drop
				q.drop(node.ID(-step - 21))
				forget(node.ID(-step - 21))
			case step <= 0: // put
				births++
				q.put(node.ID(-step))
				forget(node.ID(-step))
				model = append(model, news{birth: births, member: node.ID(-step)})
			default: // take
				slices.SortFunc(model, func(a, b news) int {
					if a.before(b) {
						return -1
					}
					return 1
				})
				count := min(step%10, len(model))
				want := members(model[:count])
				for i := range count {
					model[i].sends++
				}
				model = slices.DeleteFunc(model, func(n news) bool { return n.sends >= 4 })
				require.Equal(t, want, members(q.take(step%10, 4)))
			}
			checkQueue(t, &q)
		}
	})
}
