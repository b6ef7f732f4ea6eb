package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/clock"
)

// TestQueueAgainstASlice compares the heap with a plain slice of times, scanned.
func TestQueueAgainstASlice(t *testing.T) {
	const origins = 20
	type change struct {
		origin uint32
		after  clock.Time // the time that is up; Never: remove
		repeat bool
	}
	changes := rapid.Custom(func(t *rapid.T) change {
		return change{
			origin: rapid.Uint32Range(0, origins-1).Draw(t, "origin"),
			after:  rapid.SampledFrom([]clock.Time{1, 2, 3, 5, 5, 5, clock.Never}).Draw(t, "after"),
			repeat: rapid.Bool().Draw(t, "repeat"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.IntRange(1, 150).Draw(t, "length")
		q := newQueue(make([]origin, origins))
		model := make([]clock.Time, origins)
		for i := range model {
			model[i] = clock.Never
		}
		now := clock.Time(0)
		for _, change := range rapid.SliceOfN(changes, length, length).Draw(t, "changes") {
			at := now.Add(time.Duration(change.after))
			model[change.origin] = at
			switch {
			case change.after == clock.Never:
				model[change.origin] = clock.Never
				q.remove(change.origin)
			case change.repeat:
				q.repeat(change.origin, at)
			default:
				q.set(change.origin, at)
			}
			requireSame(t, model, &q)
			if first := model[earliest(model)]; first != clock.Never {
				now = max(now, first)
			}
		}
	})
}

func requireSame(t require.TestingT, model []clock.Time, q *queue) {
	first := earliest(model)
	require.Equal(t, model[first], q.next())
	for origin, at := range model {
		require.Equal(t, at != clock.Never, q.origins[origin].place != 0)
		if at != clock.Never {
			require.Equal(t, first, q.first())
			require.Equal(t, at, q.at(uint32(origin)))
		}
	}
}

// filled returns a queue of origins 0, 1, 2 and so on at the given times, by set or repeat.
func filled(
	set func(q *queue, origin uint32, at clock.Time), times ...clock.Time,
) (queue, []clock.Time) {
	q := newQueue(make([]origin, len(times)))
	for origin, at := range times {
		set(&q, uint32(origin), at)
	}
	return q, times
}

// The heap puts the last item in the place of a removed one. In another branch it may be too early
// there.
func TestTheHeapMovesUpWhatReplacesARemovedItem(t *testing.T) {
	q, model := filled((*queue).set, 0, 100, 1, 50, 50, 101, 102, 103, 104, 2)
	q.remove(5) // a child of the item at 100, to be replaced by the item at 2
	model[5] = clock.Never
	require.Less(t, q.origins[9].place, q.origins[1].place, "moved above the item at 100")
	requireDrains(t, model, &q)
}

// A full round doubles, and drops the items of removed and of moved origins.
func TestTheRoundGrowsWithoutItsStaleItems(t *testing.T) {
	model := make([]clock.Time, smallestRound+3)
	for i := range model {
		model[i] = clock.Time(10 + i)
	}
	q, model := filled((*queue).repeat, model...)
	q.remove(4)
	q.set(5, 1)
	q.repeat(6, 100)
	model[4], model[5], model[6] = clock.Never, 1, 100
	for q.round.tail-q.round.head < 2*smallestRound {
		model[7]++
		model[7] = max(model[7], 200)
		q.repeat(7, model[7])
	}
	model[8] = 1000
	q.repeat(8, 1000)
	require.Len(t, q.round.slots, 4*smallestRound)
	require.LessOrEqual(t, int(q.round.tail-q.round.head), len(model), "no stale item is left")
	requireDrains(t, model, &q)
}

// requireDrains takes everything out of the queue, in the order of the model.
func requireDrains(t require.TestingT, model []clock.Time, q *queue) {
	for q.next() != clock.Never {
		requireSame(t, model, q)
		first := earliest(model)
		model[first] = clock.Never
		q.remove(first)
	}
	requireSame(t, model, q)
}

// earliest returns the lowest index of the earliest time.
func earliest(times []clock.Time) uint32 {
	first := 0
	for i, at := range times {
		if at < times[first] {
			first = i
		}
	}
	return uint32(first)
}
