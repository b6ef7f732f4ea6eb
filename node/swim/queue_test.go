package swim

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// checkQueue checks that the heap is one, and that table and heap agree.
func checkQueue(t failer, q *queue) {
	queued := 0
	for id := range q.table.entries {
		if q.table.entries[id].queued != 0 {
			queued++
		}
	}
	if queued != len(q.heap) {
		t.Fatalf("invariant 3: %d places for %d items", queued, len(q.heap))
	}
	for i, n := range q.heap {
		if q.table.entries[n.member].queued != int32(i)+1 {
			t.Fatalf("invariant 3: item %d is not in its place", i)
		}
		if i > 0 && n.before(q.heap[(i-1)/2]) {
			t.Fatalf("item %d comes before its parent", i)
		}
	}
}

// newQueue returns an empty queue for members 0 to n-1.
func newQueue(n int) *queue { return &queue{table: &table{entries: make([]entry, n)}} }

// takeSome takes up to count items for one datagram and returns their members.
func takeSome(q *queue, count int, limit uint32) (taken []node.ID) {
	q.hold()
	for len(taken) < count && !q.empty() {
		taken = append(taken, q.next())
		q.take(limit)
	}
	q.release()
	return taken
}

// SWIM, section 4.1: "the ones that have been gossiped fewer times are preferred".
func TestQueueTakesTheLeastSentFirst(t *testing.T) {
	q := newQueue(4)
	q.put(1)
	q.put(2)
	require.Equal(t, []node.ID{2, 1}, takeSome(q, 8, 3), "among equals the youngest first")
	q.put(3)
	require.Equal(t, []node.ID{3}, takeSome(q, 1, 3))
	require.Equal(t, []node.ID{3, 2}, takeSome(q, 2, 3), "each sent once so far")
}

// SWIM, section 4.1: each update is piggybacked "at most lambda log n times".
func TestQueueSendsEachUpdateLimitTimes(t *testing.T) {
	const limit, items = 5, 20
	q := newQueue(items)
	for id := range node.ID(items) {
		q.put(id)
	}
	sends := make(map[node.ID]int)
	for range items * limit {
		for _, id := range takeSome(q, 3, limit) {
			sends[id]++
		}
	}
	require.Len(t, sends, items)
	for id, n := range sends {
		require.Equal(t, limit, n, "member %d", id)
	}
	require.True(t, q.empty())
}

// memberlist loses a queued broadcast when its queue runs empty in between, because its numbering
// then begins again and two items compare equal: "queue A, send once, queue equal-length B, send one
// of them: A is never sent again" (grafana/memberlist 45e3991). Here the numbering never begins
// again.
func TestQueueNumbersAreNeverReused(t *testing.T) {
	q := newQueue(3)
	q.put(1)
	require.Len(t, takeSome(q, 1, 2), 1)
	q.put(2)
	require.Equal(t, []node.ID{2}, takeSome(q, 1, 2))
	require.ElementsMatch(t, []node.ID{1, 2}, takeSome(q, 2, 2))
	require.True(t, q.empty(), "each was sent twice")
	q.put(1)
	require.Equal(t, uint64(3), q.births)
}

// The queue against a sorted list.
func TestQueueAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := rapid.SliceOfN(rapid.IntRange(-30, 40), 1, 200).Draw(t, "plan")
		q := newQueue(21)
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
				count := step % 10
				want := takeFromModel(&model, count)
				require.Equal(t, want, takeSome(q, count, 4))
			}
			checkQueue(t, q)
		}
	})
}

// takeFromModel takes up to count items in order, and out of the model after four times.
func takeFromModel(model *[]news, count int) (taken []node.ID) {
	slices.SortFunc(*model, func(a, b news) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	for i := range min(count, len(*model)) {
		taken = append(taken, (*model)[i].member)
		(*model)[i].sends++
	}
	*model = slices.DeleteFunc(*model, func(n news) bool { return n.sends >= 4 })
	return taken
}
